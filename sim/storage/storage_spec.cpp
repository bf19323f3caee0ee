#include "sim/storage/storage_spec.h"

#include "sim/base/fields.h"

namespace wukong::storage {
namespace {

constexpr std::string_view kStoreKindNames[] = {"redis", "s3"};
constexpr std::string_view kPlacementNames[] = {"random", "hashed"};

// Back-offs double: more than this would outlast any run.
constexpr Bounds kAttempts{0, 20};

}  // namespace

void PythonClient::visit(FieldVisitor& v) {
  v.duration("request_time_us", request_time);
  v.bandwidth("copying_mb_per_s", copying);
}

void RedisSpec::visit(FieldVisitor& v) {
  v.duration("round_trip_us", round_trip);
  v.field("round_trip_sigma", round_trip_sigma, kSigma);
  v.duration("command_time_us", command_time);
  v.bandwidth("bandwidth_mb_per_s", bandwidth);
  v.field("crowding_flows", crowding_flows, kFactor);
  v.field("crowded_share", crowded_share, kFraction);
  v.bytes("large_value_mb", large_value);
  v.bandwidth("large_bandwidth_mb_per_s", large_bandwidth);
  v.group("client", client);
  v.field("max_clients", max_clients, kCount);
  v.duration("publish_time_us", publish_time);
}

void S3Spec::visit(FieldVisitor& v) {
  v.duration("read_latency_median_ms", read_latency_median);
  v.duration("write_latency_median_ms", write_latency_median);
  v.duration("head_latency_median_ms", head_latency_median);
  v.field("latency_sigma", latency_sigma, kSigma);
  v.bandwidth("connection_bandwidth_mb_per_s", connection_bandwidth);
  v.group("client", client);
  v.field("reads_per_second", reads_per_second, kCount);
  v.field("writes_per_second", writes_per_second, kCount);
  v.duration("retry_base_ms", retry_base);
  v.field("retry_attempts", retry_attempts, kAttempts);
  v.money("price_usd_per_1000_reads", price_per_1000_reads);
  v.money("price_usd_per_1000_writes", price_per_1000_writes);
}

void QueueSpec::visit(FieldVisitor& v) {
  v.duration("latency_median_ms", latency_median);
  v.field("latency_sigma", latency_sigma, kSigma);
  v.money("price_usd_per_million_requests", price_per_million_requests);
}

void StoreSpec::visit(FieldVisitor& v) {
  v.choice("kind", kind, kStoreKindNames);
  if (kind != StoreKind::redis) return;
  v.field("shards", shards, kMachines);
  v.field("machine", machine);
  v.choice("placement", placement, kPlacementNames);
}

}  // namespace wukong::storage
