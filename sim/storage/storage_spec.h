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

// What a request costs a client that is written in Python, on top of network and server: the
// interpreter's own work for a request, and copies of the value (pickling, the parser's buffers,
// page faults of new memory). All systems' executors pay it alike.
struct PythonClient {
  Duration request_time;
  Bandwidth copying = Bandwidth::unlimited();

  Duration time(Bytes value) const {
    if (copying.count() == Bandwidth::unlimited().count()) return request_time;
    return request_time + transfer_time(value, copying);
  }
  void visit(FieldVisitor& v);
};

// Redis: one thread per shard serves commands one after another; values are transfers over the
// network (network.h), which that thread copies.
struct RedisSpec {
  Duration round_trip;  // the network's latency of a request and its reply, in the mean
  // It varies from one request to the next (RandomStream::noisy); a connection's handshake and a
  // message to a subscriber take the mean.
  double round_trip_sigma = 0;
  Duration command_time;  // what each command takes of the server's thread
  // How fast the thread copies a value, out or in, that fits into its processor's caches. The more
  // there are at once, the fewer of them do (fluid::Crowding).
  Bandwidth bandwidth;
  double crowding_flows = 1;
  double crowded_share = 1;  // of that rate, that is left to any number of them
  // Values from this size on never fit, and pass memory.
  Bytes large_value;
  Bandwidth large_bandwidth;
  PythonClient client;
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
  PythonClient client;
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

  bool operator==(const StoreSpec&) const = default;
  void visit(FieldVisitor& v);
};

}  // namespace wukong::storage
