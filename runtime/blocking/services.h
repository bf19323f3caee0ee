// The platform's services for bodies on fibers: the same calls with the same arguments, which
// return when they have their answer. What is here takes simulated time; the rest (preload,
// add_function) is called on the services themselves.
#pragma once

#include <utility>

#include "runtime/blocking/fibers.h"
#include "sim/base/ids.h"
#include "sim/base/object_size.h"
#include "sim/base/time.h"
#include "sim/engine/sync.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/task_runner.h"
#include "sim/platform/platform.h"
#include "sim/storage/metadata_store.h"
#include "sim/storage/object_store.h"

namespace wukong::blocking {

class Store {
 public:
  // Both outlive it; so for the others.
  Store(Fibers& fibers, storage::ObjectStore& store) : fibers_(fibers), store_(store) {}

  storage::StoreStatus put(const hosts::Host& from, ObjectId object, ObjectSize size) {
    return fibers_.wait(store_.put(from, object, size));
  }
  storage::StoreStatus get(const hosts::Host& to, ObjectId object) {
    return fibers_.wait(store_.get(to, object));
  }
  storage::StoreStatus exists(const hosts::Host& from, ObjectId object) {
    return fibers_.wait(store_.exists(from, object));
  }

 private:
  Fibers& fibers_;
  storage::ObjectStore& store_;
};

class Metadata {
 public:
  Metadata(Fibers& fibers, storage::MetadataStore& store) : fibers_(fibers), store_(store) {}

  storage::CounterReply count(const hosts::Host& from, storage::CounterRequest request) {
    return fibers_.wait(store_.count(from, request));
  }
  bool publish(const hosts::Host& from, ChannelId channel, uint64_t message, Bytes size) {
    return fibers_.wait(store_.publish(from, channel, message, size));
  }

 private:
  Fibers& fibers_;
  storage::MetadataStore& store_;
};

// Functions and tasks, and the clock.
class Services {
 public:
  Services(Fibers& fibers, platform::Platform& platform) : fibers_(fibers), platform_(platform) {}

  // `body` takes the function's environment and returns a HandlerResult; it blocks, too.
  template <class Body>
  functions::InvokeReply invoke_sync(const hosts::Host& caller, FunctionId function, Bytes payload,
                                     Body body) {
    return fibers_.wait(platform_.lambda().invoke_sync(caller, function, payload,
                                                       fibers_.handler(std::move(body))));
  }
  template <class Body>
  functions::InvokeReply invoke_async(const hosts::Host& caller, FunctionId function, Bytes payload,
                                      Body body) {
    return fibers_.wait(platform_.lambda().invoke_async(caller, function, payload,
                                                        fibers_.handler(std::move(body))));
  }
  hosts::ExecuteStatus execute(const hosts::Host& host, TaskId task, const hosts::TaskCost& cost) {
    return fibers_.wait(platform_.tasks().execute(host, task, cost));
  }
  void sleep(Duration time) { fibers_.wait(platform_.engine().sleep(time)); }
  template <class T>
  T receive(engine::Channel<T>& channel) {
    return fibers_.wait(channel.receive());
  }
  // A process that runs beside this one.
  template <class Body>
  void spawn(Body body, const char* name) {
    fibers_.spawn(platform_.engine(), std::move(body), name);
  }

 private:
  Fibers& fibers_;
  platform::Platform& platform_;
};

}  // namespace wukong::blocking
