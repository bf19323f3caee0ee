#include "bench/trace/trace_gauges.h"

#include <fmt/format.h>

#include "bench/text/format.h"
#include "sim/accounting/usage.h"
#include "sim/hosts/machine.h"
#include "sim/network/network.h"
#include "sim/platform/platform.h"

namespace wukong::trace {
namespace {

// What crossed an interface, of what could have: in thousandths.
int64_t used_share(Bytes carried, const hosts::Machine& machine, Duration time) {
  const double most = static_cast<double>(machine.type.network.peak().count()) * time.to_seconds();
  return static_cast<int64_t>(static_cast<double>(carried.count()) / most * 1000 + 0.5);
}

}  // namespace

void TraceGauges::look(Time now) {
  if (shards_.empty())
    for (const hosts::Machine* machine : platform_->storage_machines())
      shards_.push_back({machine, Bytes(), Bytes()});
  look_at_shards(now);
  look_at_totals(now);
  last_ = now;
  if (++looks_ % kLooksPerInterval == 0) interval_ = interval_ * 2;
  next_ = now + interval_;
}

// A share is the mean over the time since the last look, and is shown for that time.
void TraceGauges::look_at_shards(Time now) {
  if (now == last_) return;
  const network::Network& network = platform_->network();
  for (size_t i = 0; i < shards_.size(); ++i) {
    Shard& shard = shards_[i];
    const Bytes in = network.carried(shard.machine->host.inbound);
    const Bytes out = network.carried(shard.machine->host.outbound);
    show(i, shard, last_, used_share(in - shard.in, *shard.machine, now - last_),
         used_share(out - shard.out, *shard.machine, now - last_));
    shard.in = in;
    shard.out = out;
  }
}

void TraceGauges::show(size_t number, Shard& shard, Time since, int64_t in, int64_t out) {
  if (in == shard.shown_in && out == shard.shown_out) return;
  shard.shown_in = in;
  shard.shown_out = out;
  TraceArguments values;
  values.add("in, %", static_cast<double>(in) / 10);
  values.add("out, %", static_cast<double>(out) / 10);
  file_.counter(since, groups_.storage, fmt::format("shard {}", number), values);
}

void TraceGauges::look_at_totals(Time now) {
  const Money cost = platform_->cost_so_far();
  const accounting::Usage& usage = platform_->usage();
  TraceArguments values;
  if (cost != shown_cost_) {
    values.add("USD", text::usd_of(cost));
    file_.counter(now, groups_.platform, "cost so far", values);
    shown_cost_ = cost;
  }
  if (usage.read == shown_read_ && usage.written == shown_written_) return;
  values.clear();
  values.add("read", usage.read.count());
  values.add("written", usage.written.count());
  file_.counter(now, groups_.platform, "bytes so far", values);
  shown_read_ = usage.read;
  shown_written_ = usage.written;
}

void TraceGauges::finish(Time now) {
  if (platform_ == nullptr) return;
  look(now);
  for (size_t i = 0; i < shards_.size(); ++i) show(i, shards_[i], now, 0, 0);
}

}  // namespace wukong::trace
