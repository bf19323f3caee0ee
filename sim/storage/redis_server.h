// One Redis process on a host: a single thread that serves commands one after another, in the order
// of their arrival, and copies values in and out at a limited rate.
//
// A command's effect is decided when it arrives, because its place in the queue is fixed from then
// on: a client that is killed before the reply has still changed the data.
#pragma once

#include "sim/base/random.h"
#include "sim/engine/engine.h"
#include "sim/hosts/host.h"
#include "sim/network/network.h"
#include "sim/storage/storage_spec.h"

namespace wukong::storage {

class RedisServer {
 public:
  // `seed` decides how long requests are on their way.
  RedisServer(engine::Engine& engine, network::Network& network, const RedisSpec& spec,
              const hosts::Host& host, uint64_t seed);
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;
  // REQUIRES: nobody uses it any more.
  ~RedisServer() {
    copies_.remove();
    copies_large_.remove();
  }

  const hosts::Host& host() const { return host_; }

  // A client opens connections, and keeps them until disconnect(). False if the server would then
  // have more than `max_clients`.
  bool connect(int64_t connections);
  void disconnect(int64_t connections);

  // Of the next request.
  Duration round_trip() { return trips_.noisy(spec_.round_trip, spec_.round_trip_sigma); }

  // Queues work that has arrived now. Returns when the thread is done with it.
  Time serve(Duration work);
  Time serve_commands(int commands) { return serve(spec_.command_time * commands); }

  // What a value of that size crosses on its way from a client into the server, or back.
  network::Route inward(const hosts::Host& client, Bytes value) const;
  network::Route outward(const hosts::Host& client, Bytes value) const;

 private:
  engine::Engine& engine_;
  const RedisSpec& spec_;
  hosts::Host host_;
  RandomStream trips_;
  // The one thread, as it copies: all that passes it, and what of that is large.
  network::CopyingThread copies_;
  network::CopyingThread copies_large_;
  Time busy_until_;
  int64_t connections_ = 0;
};

}  // namespace wukong::storage
