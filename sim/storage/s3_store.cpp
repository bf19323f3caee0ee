#include "sim/storage/s3_store.h"

#include "sim/accounting/service_call.h"
#include "sim/fluid/fluid.h"
#include "sim/hosts/host.h"

namespace wukong::storage {
namespace {

constexpr const char* kS3Client = "its client's own Python";
constexpr const char* kS3Reply = "S3's reply";

TokenBucket one_second_of(int64_t requests_per_second) {
  return TokenBucket(requests_per_second, requests_per_second, Duration::seconds(1), Time::zero());
}

void charge_request(accounting::ServiceCall& call, Money price_per_1000) {
  call.charge(accounting::CostItem::storage, charge(price_per_1000, 1, 1000));
}

}  // namespace

S3Store::S3Store(const accounting::Books& books, network::Network& network, const S3Spec& spec,
                 uint64_t seed)
    : books_(books),
      network_(network),
      spec_(spec),
      latencies_(seed, "s3 latency"),
      back_offs_(seed, "s3 back-off"),
      reads_(one_second_of(spec.reads_per_second)),
      writes_(one_second_of(spec.writes_per_second)) {}

Duration S3Store::latency(Duration median) {
  return Duration::from_seconds(latencies_.lognormal(median.to_seconds(), spec_.latency_sigma));
}

// Back-offs are drawn from [0, retry_base * 2^n), so that clients which were
// turned away together do not come back together.
engine::Task<bool> S3Store::admit_later(TokenBucket& limit) {
  Duration longest = spec_.retry_base;
  for (int64_t attempt = 0;; ++attempt) {
    co_await books_.engine.sleep(latency(spec_.head_latency_median), "a 503 from S3");
    ++books_.usage.turned_away;
    if (attempt == spec_.retry_attempts) {
      ++books_.usage.given_up;
      co_return false;
    }
    co_await books_.engine.sleep(scaled(longest, back_offs_.uniform()), "a retry to S3");
    books_.usage.count(accounting::Operation::retry);
    if (limit.take(books_.engine.now())) co_return true;
    longest = longest * 2;
  }
}

engine::Task<StoreStatus> S3Store::put(const hosts::Host& from, ObjectId object, ObjectSize size) {
  accounting::ServiceCall call(books_, accounting::Operation::object_put,
                               {engine::SpanKind::object, "put", from.id.value(), object.value()});
  call.note("bytes", size.actual.count());
  if (!writes_.take(books_.engine.now())) {
    const bool admitted = co_await admit_later(writes_);
    if (!admitted) co_return StoreStatus::unavailable;
  }
  charge_request(call, spec_.price_per_1000_writes);
  {
    const engine::Span copying(books_.engine, {engine::SpanKind::work, "copy", from.id.value()});
    co_await books_.engine.sleep(spec_.client.time(size.actual), kS3Client);
  }
  const network::Route route = network::Route().via(from.outbound);
  co_await network_.transfer(size.actual, route, spec_.connection_bandwidth);
  co_await books_.engine.sleep(latency(spec_.write_latency_median), kS3Reply);
  objects_.insert(object, size);
  call.wrote(size);
  co_return StoreStatus::ok;
}

engine::Task<StoreStatus> S3Store::get(const hosts::Host& to, ObjectId object) {
  accounting::ServiceCall call(books_, accounting::Operation::object_get,
                               {engine::SpanKind::object, "get", to.id.value(), object.value()});
  if (!reads_.take(books_.engine.now())) {
    const bool admitted = co_await admit_later(reads_);
    if (!admitted) co_return StoreStatus::unavailable;
  }
  charge_request(call, spec_.price_per_1000_reads);
  co_await books_.engine.sleep(latency(spec_.read_latency_median), kS3Reply);
  const std::optional<ObjectSize> found = objects_.find(object);
  if (!found) {
    call.note("missing", 1);
    call.missed();
    co_return StoreStatus::missing;
  }
  call.note("bytes", found->actual.count());
  const network::Route route = network::Route().via(to.inbound);
  co_await network_.transfer(found->actual, route, spec_.connection_bandwidth);
  {
    const engine::Span copying(books_.engine, {engine::SpanKind::work, "copy", to.id.value()});
    co_await books_.engine.sleep(spec_.client.time(found->actual), kS3Client);
  }
  call.read(*found);
  co_return StoreStatus::ok;
}

engine::Task<StoreStatus> S3Store::exists(const hosts::Host& from, ObjectId object) {
  accounting::ServiceCall call(
      books_, accounting::Operation::object_head,
      {engine::SpanKind::object, "exists", from.id.value(), object.value()});
  if (!reads_.take(books_.engine.now())) {
    const bool admitted = co_await admit_later(reads_);
    if (!admitted) co_return StoreStatus::unavailable;
  }
  charge_request(call, spec_.price_per_1000_reads);
  co_await books_.engine.sleep(latency(spec_.head_latency_median), kS3Reply);
  if (objects_.holds(object)) co_return StoreStatus::ok;
  call.note("missing", 1);
  co_return StoreStatus::missing;
}

}  // namespace wukong::storage
