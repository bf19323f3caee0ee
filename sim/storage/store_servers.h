// The servers behind an object store, for the few clients to which it matters which of them holds
// an object, or which open and keep connections of their own. Other clients use the ObjectStore
// alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "sim/base/ids.h"
#include "sim/engine/task.h"

namespace wukong::hosts {
struct Host;
}  // namespace wukong::hosts

namespace wukong::storage {
class ObjectStore;
}  // namespace wukong::storage

namespace wukong::storage {

class StoreServers {
 public:
  virtual ~StoreServers() = default;

  // The number of the server that holds the object, or would hold it.
  virtual size_t server_of(ObjectId object) const = 0;

  // A client opens a connection to the object's server, with so many exchanges, before its first
  // request there.
  virtual engine::Task<> handshake(const hosts::Host& client, ObjectId object,
                                   int64_t round_trips) = 0;

  // A client opens connections to the object's server and keeps them until disconnect(). False if
  // the server turns the client away, because it has no room for all of them.
  virtual bool connect(ObjectId object, int64_t connections) = 0;
  virtual void disconnect(ObjectId object, int64_t connections) = 0;
};

// A service behind one address, as S3: it takes any number of connections, and its model of a
// request has their opening in it.
class OneAddress final : public StoreServers {
 public:
  size_t server_of(ObjectId) const override { return 0; }
  engine::Task<> handshake(const hosts::Host&, ObjectId, int64_t) override { co_return; }
  bool connect(ObjectId, int64_t) override { return true; }
  void disconnect(ObjectId, int64_t) override {}
};

// An object store with its servers, which it may use and which therefore end after it.
struct StoreParts {
  std::unique_ptr<StoreServers> servers;
  std::unique_ptr<ObjectStore> objects;
  // The metadata store, among those of the platform, whose process holds the objects, too.
  std::optional<uint32_t> beside = std::nullopt;
};

}  // namespace wukong::storage
