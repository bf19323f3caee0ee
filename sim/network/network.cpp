#include "sim/network/network.h"

#include "sim/base/fields.h"
#include "sim/fluid/fluid.h"
#include "sim/network/byte_amounts.h"
#include "sim/network/byte_device.h"

namespace wukong::network {
namespace {

// A link has the number of the resource that it is in the pool.
fluid::ResourceId resource_of(LinkId link) { return fluid::ResourceId(link.value()); }

}  // namespace

void NetworkSpec::visit(FieldVisitor& v) { v.bytes("message_bytes", message_bytes); }

Route& Route::via(LinkId link) {
  if (link.valid()) passed_.add(resource_of(link));
  return *this;
}

Route& Route::via(const network::CopyingThread& thread) {
  ENSURE(thread.valid());
  passed_.add(thread.resource());
  return *this;
}

LinkId Network::add_link(const LinkSpec& spec) {
  fluid::ResourceSpec resource{.rate = network::rate_of(spec.rate)};
  if (spec.burst) resource.burst = {amount_of(*spec.burst), network::rate_of(spec.burst_rate)};
  return LinkId(pool_.add(resource).value());
}

void Network::remove_link(LinkId link) { pool_.remove(resource_of(link)); }

fluid::Activity Network::transfer(Bytes bytes, const Route& route, Bandwidth cap, Time start) {
  return pool_.use({.amount = amount_of(bytes),
                    .resources = route.passed_,
                    .cap = network::rate_of(cap),
                    .start = start,
                    .unshared = bytes <= message_bytes_,
                    .what = "a transfer"});
}

Bytes Network::carried(LinkId link) const { return bytes_of(pool_.given(resource_of(link))); }

double Network::rate_of(LinkId link) const { return pool_.rate_of(resource_of(link)); }

}  // namespace wukong::network
