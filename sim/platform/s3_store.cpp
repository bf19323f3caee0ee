#include "sim/platform/s3_store.h"

#include "sim/engine/span.h"

namespace wukong::sim {
namespace {

constexpr const char* kS3Reply = "S3's reply";

TokenBucket one_second_of(int64_t requests_per_second) {
  return TokenBucket(requests_per_second, requests_per_second, Duration::seconds(1), Time::zero());
}

}  // namespace

S3Store::S3Store(Engine& engine, Network& network, const S3Spec& spec, Usage& usage, Ledger& ledger,
                 uint64_t seed)
    : engine_(engine),
      network_(network),
      spec_(spec),
      usage_(usage),
      ledger_(ledger),
      latencies_(seed, "s3 latency"),
      back_offs_(seed, "s3 back-off"),
      reads_(one_second_of(spec.reads_per_second)),
      writes_(one_second_of(spec.writes_per_second)) {}

Duration S3Store::latency(Duration median) {
  return Duration::from_seconds(latencies_.lognormal(median.to_seconds(), spec_.latency_sigma));
}

void S3Store::charge_request(Money price_per_1000) {
  ledger_.charge(CostItem::storage, charge(price_per_1000, 1, 1000));
}

// After a first 503. Back-offs are drawn from [0, retry_base * 2^n), so that clients which were
// turned away together do not come back together.
Task<bool> S3Store::admit_later(TokenBucket& limit) {
  Duration longest = spec_.retry_base;
  for (int64_t attempt = 0;; ++attempt) {
    co_await engine_.sleep(latency(spec_.head_latency_median), "a 503 from S3");
    if (attempt == spec_.retry_attempts) co_return false;
    co_await engine_.sleep(scaled(longest, back_offs_.uniform()), "a retry to S3");
    usage_.count(Operation::retry);
    if (limit.take(engine_.now())) co_return true;
    longest = longest * 2;
  }
}

Task<StoreStatus> S3Store::put(const Host& from, ObjectId object, ObjectSize size) {
  usage_.count(Operation::object_put);
  Span span(engine_, {SpanKind::object, "put", from.id.value(), object.value()});
  span.note("bytes", size.actual.count());
  if (!writes_.take(engine_.now())) {
    const bool admitted = co_await admit_later(writes_);
    if (!admitted) co_return StoreStatus::unavailable;
  }
  charge_request(spec_.price_per_1000_writes);
  const Route route = Route().via(from.outbound);
  co_await network_.transfer(size.actual, route, spec_.connection_bandwidth);
  co_await engine_.sleep(latency(spec_.write_latency_median), kS3Reply);
  objects_.insert(object, size);
  usage_.written += size.actual;
  usage_.nominal_written += size.nominal;
  engine_.record(TraceKind::object_written, from.id.value(), object.value(), size.actual.count());
  co_return StoreStatus::ok;
}

Task<StoreStatus> S3Store::get(const Host& to, ObjectId object) {
  usage_.count(Operation::object_get);
  Span span(engine_, {SpanKind::object, "get", to.id.value(), object.value()});
  if (!reads_.take(engine_.now())) {
    const bool admitted = co_await admit_later(reads_);
    if (!admitted) co_return StoreStatus::unavailable;
  }
  charge_request(spec_.price_per_1000_reads);
  co_await engine_.sleep(latency(spec_.read_latency_median), kS3Reply);
  const std::optional<ObjectSize> found = objects_.find(object);
  if (!found) {
    span.note("missing", 1);
    ++usage_.missed_reads;
    co_return StoreStatus::missing;
  }
  span.note("bytes", found->actual.count());
  const Route route = Route().via(to.inbound);
  co_await network_.transfer(found->actual, route, spec_.connection_bandwidth);
  usage_.read += found->actual;
  usage_.nominal_read += found->nominal;
  engine_.record(TraceKind::object_read, to.id.value(), object.value(), found->actual.count());
  co_return StoreStatus::ok;
}

Task<StoreStatus> S3Store::exists(const Host& from, ObjectId object) {
  usage_.count(Operation::object_head);
  Span span(engine_, {SpanKind::object, "exists", from.id.value(), object.value()});
  if (!reads_.take(engine_.now())) {
    const bool admitted = co_await admit_later(reads_);
    if (!admitted) co_return StoreStatus::unavailable;
  }
  charge_request(spec_.price_per_1000_reads);
  co_await engine_.sleep(latency(spec_.head_latency_median), kS3Reply);
  if (objects_.holds(object)) co_return StoreStatus::ok;
  span.note("missing", 1);
  co_return StoreStatus::missing;
}

}  // namespace wukong::sim
