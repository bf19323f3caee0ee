// One Redis process on a host: a single thread that serves commands one after another, in the order
// of their arrival, and copies values in and out at a limited rate.
//
// A command's effect is decided when it arrives, because its place in the queue is fixed from then
// on: a client that is killed before the reply has still changed the data.
#pragma once

#include "sim/engine/engine.h"
#include "sim/platform/host.h"
#include "sim/platform/network.h"
#include "sim/platform/storage_spec.h"

namespace wukong::sim {

class RedisServer {
 public:
  RedisServer(Engine& engine, Network& network, const RedisSpec& spec, const Host& host,
              int64_t connections_per_request = 1);

  const Host& host() const { return host_; }

  // A client opens connections, and keeps them until disconnect(). False if the server would then
  // have more than `max_clients`.
  bool connect(int64_t connections);
  void disconnect(int64_t connections);

  // Queues work that has arrived now. Returns when the thread is done with it.
  Time serve(Duration work);
  Time serve_commands(int commands) { return serve(spec_.command_time * commands); }

  // What a value crosses on its way from a client into the server, or back.
  Route inward(const Host& client) const;
  Route outward(const Host& client) const;

 private:
  Engine& engine_;
  const RedisSpec& spec_;
  Host host_;
  CopyingThread reads_;   // the one thread, as it copies values out
  CopyingThread writes_;  // and as it copies them in
  Time busy_until_;
  int64_t connections_ = 0;
};

}  // namespace wukong::sim
