// The servers of a store in Redis: one process on each host, among which objects are spread.
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "sim/base/hash.h"
#include "sim/storage/redis_server.h"
#include "sim/storage/store_servers.h"

namespace wukong::storage {

class RedisServers final : public StoreServers {
 public:
  // One server on each of `hosts`. `seed` decides where Placement::random puts an object, and how
  // long requests take.
  RedisServers(engine::Engine& engine, network::Network& network, const RedisSpec& spec,
               std::span<const hosts::Host> hosts, const StoreSpec& store, uint64_t seed);
  // A process that is there already, and outlives them.
  RedisServers(engine::Engine& engine, const RedisSpec& spec, RedisServer& server);
  // The servers of another store, which outlives this one: `store` and `seed` say where objects of
  // this one are.
  RedisServers(RedisServers& shared, const StoreSpec& store, uint64_t seed);
  RedisServers(const RedisServers&) = delete;
  RedisServers& operator=(const RedisServers&) = delete;

  size_t count() const { return servers_.size(); }
  RedisServer& server(size_t number) { return *servers_[number]; }

  size_t server_of(ObjectId object) const override {
    return mix64(mix64(object.value() + 1) ^ salt_) % servers_.size();
  }
  engine::Task<> handshake(const hosts::Host& client, ObjectId object,
                           int64_t round_trips) override;
  bool connect(ObjectId object, int64_t connections) override {
    return servers_[server_of(object)]->connect(connections);
  }
  void disconnect(ObjectId object, int64_t connections) override {
    servers_[server_of(object)]->disconnect(connections);
  }

 private:
  engine::Engine& engine_;
  const RedisSpec& spec_;
  uint64_t salt_;
  std::deque<RedisServer> own_;
  std::vector<RedisServer*> servers_;
};

}  // namespace wukong::storage
