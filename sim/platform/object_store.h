// Object storage: the seam between sizes that take modelled time and real bytes. Implementations:
// RedisStore (shards of Redis), S3Store; in the emulator, an in-process store and a real Redis.
#pragma once

#include "sim/base/bytes.h"
#include "sim/engine/task.h"
#include "sim/platform/host.h"
#include "sim/platform/ids.h"

namespace wukong::sim {

// Every object has two sizes. Time and money are charged for the actual one; numpywren's own
// counters, which its paper and Wukong's figures report, add up the declared shapes: the nominal
// one.
struct ObjectSize {
  Bytes actual;
  Bytes nominal;
};

// What can happen to a request. Failures of the modelled system are values; the caller retries or
// ends.
enum class StoreStatus {
  ok,
  missing,      // no such object
  unavailable,  // the request failed or timed out: try again later
  full,         // the store has no memory left for the object
};

class ObjectStore {
 public:
  virtual ~ObjectStore() = default;

  // The object is in the store before the run starts.
  virtual void preload(ObjectId object, ObjectSize size) = 0;
  // `from` sends the object, which its memory holds. Writing an object again replaces it.
  virtual Task<StoreStatus> put(const Host& from, ObjectId object, ObjectSize size) = 0;
  // `to` receives the object into its memory.
  virtual Task<StoreStatus> get(const Host& to, ObjectId object) = 0;
  // Whether the object is there: ok or missing. (HEAD, EXISTS)
  virtual Task<StoreStatus> exists(const Host& from, ObjectId object) = 0;
  // For a policy's bookkeeping, free of time: was the object ever written or preloaded?
  virtual bool holds(ObjectId object) const = 0;

  // Which of its servers holds the object, or would.
  virtual size_t server_of(ObjectId) const { return 0; }

  // Opens a client's connection to the server of the object, before its first request there, with
  // so many exchanges. Nothing where the model of a request has that in it.
  virtual Task<> handshake(const Host& /*client*/, ObjectId, int64_t /*round_trips*/) { co_return; }

  // Only for clients that keep connections open beyond a request: opens some to the server of the
  // object. False if it turns them away. A store without such a limit takes all.
  virtual bool connect(ObjectId, int64_t /*connections*/) { return true; }
  virtual void disconnect(ObjectId, int64_t /*connections*/) {}
};

}  // namespace wukong::sim
