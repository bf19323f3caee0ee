// The parameters of the storage services. Values, units and sources are in configs/presets.
#pragma once

#include <optional>
#include <string>

#include "sim/base/bytes.h"
#include "sim/base/fields.h"
#include "sim/base/money.h"
#include "sim/base/time.h"

namespace wukong::sim {

struct NetworkSpec {
  Bytes message_bytes;  // a transfer of at most so many is a message, and shares nothing

  void visit(FieldVisitor& v);
};

// Redis: one thread per shard serves commands one after another; values are transfers over the
// network (network.h), which that thread copies.
struct RedisSpec {
  Duration round_trip;    // network latency of a request and its reply
  Duration command_time;  // of the server's thread, for each command
  // How fast the thread copies values out. n transfers at once get
  // read_bandwidth / (1 + (n - 1) / read_crowding_flows) between them.
  Bandwidth read_bandwidth;
  double read_crowding_flows = 1;
  // The same for values that it copies in.
  Bandwidth write_bandwidth;
  double write_crowding_flows = 1;
  int64_t max_clients = 1;  // connections of one process; more are turned away
  Duration publish_time;    // per subscriber that a message is sent to

  void visit(FieldVisitor& v);
};

struct S3Spec {
  Duration read_latency_median;
  Duration write_latency_median;
  Duration head_latency_median;
  double latency_sigma = 0;        // of the logarithm
  Bandwidth connection_bandwidth;  // of one request
  int64_t reads_per_second = 0;    // GET and HEAD, token bucket of one second; beyond it 503
  int64_t writes_per_second = 0;   // PUT
  Duration retry_base;             // the client's back-off after a 503, doubling
  int64_t retry_attempts = 0;
  Money price_per_1000_reads;
  Money price_per_1000_writes;

  void visit(FieldVisitor& v);
};

struct QueueSpec {
  Duration latency_median;
  double latency_sigma = 0;
  Money price_per_million_requests;

  void visit(FieldVisitor& v);
};

enum class StoreKind { redis, s3 };
enum class Placement { random, hashed };

// Which store a system keeps its objects in. A named one (redis-75, redis-1, s3, ...) is a preset.
struct StoreSpec {
  StoreKind kind = StoreKind::redis;
  int64_t shards = 1;                       // redis
  std::string machine;                      // redis: the type that runs a shard
  Placement placement = Placement::random;  // redis: which shard an object goes to
  // redis: connections that the client opens for each request; they crowd the server's thread. Not
  // a parameter of the store: the policy says what its client library does.
  int64_t connections_per_request = 1;

  void visit(FieldVisitor& v);
};

}  // namespace wukong::sim
