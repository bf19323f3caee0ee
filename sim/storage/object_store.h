// Object storage: the seam between sizes that take modelled time and real bytes. RedisStore and
// S3Store model it; the emulator keeps real bytes in this process or in real Redis servers. Which
// server holds an object, and connections to it, are in store_servers.h.
#pragma once

#include "sim/base/ids.h"
#include "sim/base/object_size.h"
#include "sim/engine/task.h"

namespace wukong::hosts {
struct Host;
}  // namespace wukong::hosts

namespace wukong::storage {

// What can happen to a request. Failures of the modelled system are values: the caller tries again,
// or gives up.
enum class StoreStatus {
  ok,
  missing,      // no such object
  unavailable,  // the request failed or timed out: try again later
  full,         // the store has no memory left for the object
};

class ObjectStore {
 public:
  virtual ~ObjectStore() = default;

  // Puts the object into the store before the run starts.
  virtual void preload(ObjectId object, ObjectSize size) = 0;
  // `from` sends the object, which its memory holds. Writing an object again replaces it.
  virtual engine::Task<StoreStatus> put(const hosts::Host& from, ObjectId object,
                                        ObjectSize size) = 0;
  // `to` receives the object into its memory.
  virtual engine::Task<StoreStatus> get(const hosts::Host& to, ObjectId object) = 0;
  // HEAD, EXISTS: `ok` or `missing` says whether the object is there.
  virtual engine::Task<StoreStatus> exists(const hosts::Host& from, ObjectId object) = 0;
  // Whether the object was ever written or preloaded. For a policy's own bookkeeping: takes no
  // time, and no request is made.
  virtual bool holds(ObjectId object) const = 0;
};

}  // namespace wukong::storage
