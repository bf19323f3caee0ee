// The parameters of the storage services. Values, units and sources are in configs/presets.
#pragma once

#include <optional>
#include <string>

#include "sim/base/bytes.h"
#include "sim/base/money.h"
#include "sim/base/time.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::storage {

// Redis: one thread per shard serves commands one after another; values are transfers over the
// network (network.h), which that thread copies.
struct RedisSpec {
  Duration round_trip;    // the network's latency of a request and its reply
  Duration command_time;  // what each command takes of the server's thread
  // How fast the thread copies values out. n transfers at once get
  // read_bandwidth / (1 + (n - 1) / read_crowding_flows) between them.
  Bandwidth read_bandwidth;
  double read_crowding_flows = 1;
  // The same for values that it copies in.
  Bandwidth write_bandwidth;
  double write_crowding_flows = 1;
  int64_t max_clients = 1;  // open connections of one server; further ones are turned away
  Duration publish_time;    // what a message takes of the thread for each of its subscribers

  void visit(FieldVisitor& v);
};

struct S3Spec {
  Duration read_latency_median;
  Duration write_latency_median;
  Duration head_latency_median;
  double latency_sigma = 0;        // standard deviation of a latency's logarithm
  Bandwidth connection_bandwidth;  // the most that one request gets
  // A token bucket of one second each for GET and HEAD, and for PUT; what is beyond it gets a 503.
  int64_t reads_per_second = 0;
  int64_t writes_per_second = 0;
  Duration retry_base;         // the client's longest back-off after a first 503; it doubles
  int64_t retry_attempts = 0;  // after a first 503; then the request has failed
  Money price_per_1000_reads;
  Money price_per_1000_writes;

  void visit(FieldVisitor& v);
};

struct QueueSpec {
  Duration latency_median;   // of each request
  double latency_sigma = 0;  // standard deviation of its logarithm
  Money price_per_million_requests;

  void visit(FieldVisitor& v);
};

enum class StoreKind { redis, s3 };
// How objects are spread over shards: by a hash of the object and the run's seed, or of the object
// alone.
enum class Placement { random, hashed };

// Which store a system keeps its objects in. A named one (redis-75, redis-1, s3, ...) is a preset.
struct StoreSpec {
  StoreKind kind = StoreKind::redis;
  // The rest is for Redis only.
  int64_t shards = 1;
  std::string machine;  // the type that runs a shard
  Placement placement = Placement::random;
  // Connections that a client opens for each request; they crowd the server's thread. A policy sets
  // this, because its client library does it; it is no parameter of the store.
  int64_t connections_per_request = 1;

  void visit(FieldVisitor& v);
};

}  // namespace wukong::storage
