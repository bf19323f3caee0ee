// The event record of one run: who asked for what and when, what services decided, when it was
// over. It has no conclusions in it. The oracle calculates the run again from it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/engine/span_sink.h"
#include "sim/engine/trace.h"
#include "sim/fluid/flow_listener.h"
#include "sim/fluid/fluid.h"
#include "sim/functions/function_config.h"
#include "sim/functions/function_listener.h"
#include "sim/functions/warm_pool/pool_event.h"
#include "sim/hosts/host.h"
#include "sim/hosts/task_cost.h"
#include "sim/storage/message_queue.h"
#include "sim/storage/metadata_store.h"
#include "sim/storage/object_store.h"
#include "sim/storage/storage_spec.h"

namespace wukong::run_record {

// Of the pool of shared resources.
struct ResourceAdded {
  fluid::ResourceId resource;
  fluid::ResourceSpec spec;
};
struct ResourceRemoved {
  fluid::ResourceId resource;
};
struct FlowAsked {
  uint32_t flow;
  uint32_t process;
  fluid::Demand demand;
};
struct FlowBegan {
  uint32_t flow;
};
struct FlowEnded {
  uint32_t flow;
  fluid::FlowEnd end;
};

// Of the engine: a process goes on, after it has waited for this.
struct Resumed {
  uint32_t process;
  const char* reason;
};

// Of the function service; what else it does is in the trace's records.
struct FunctionAdded {
  FunctionId function;
  functions::FunctionConfig config;
};
struct CallBegan {  // of its API
  InvocationId invocation;
  Bytes payload;
};
struct Called {
  InvocationId invocation;
  functions::ApiAnswer answer;
  Duration overhead;
};
struct Evicted {
  FunctionId function;
  HostId host;
  warm_pool::PoolEvent why;
};
struct Prewarmed {
  FunctionId function;
};
struct Provisioned {
  FunctionId function;
  int64_t environments;
};

// A host by its links alone.
struct Ends {
  HostId host;
  LinkId inbound;
  LinkId outbound;
};

// Calls of services, each numbered in the order of their beginnings. A caller that is gone has no
// answer.
enum class Service : uint8_t { objects, metadata, queue, tasks };
enum class Request : uint8_t {
  get,
  put,
  exists,
  count,
  exchange,
  publish,
  send,
  receive,
  remove,
  extend,
  visible,
  execute
};
struct Asked {
  uint32_t call;
  uint32_t process;
  Service service;
  Request request;
  uint32_t number;  // of the service among those of its kind, in the order of their making
  Ends from{};
  ObjectId object{};                  // of objects
  ObjectSize size{};                  // of put
  storage::CounterRequest counter{};  // of count
  int64_t commands = 0;               // of exchange
  Bytes sent{};                       // of exchange and publish
  Bytes received{};                   // of exchange
  ChannelId channel{};                // of publish
  storage::QueueMessage message{};    // of remove and extend
  Duration timeout{};                 // of receive and extend
  uint32_t task = 0;                  // of execute: which of RunRecord::tasks
};
struct Answered {
  uint32_t call;
  // `ok`, also: it is done. Of other services than objects: it has taken effect.
  storage::StoreStatus status = storage::StoreStatus::ok;
  std::optional<storage::QueueMessage> message = std::nullopt;  // of receive
  size_t visible = 0;                                           // of visible
};
struct Subscribed {
  uint32_t number;  // of the metadata store
  Ends subscriber;
  ChannelId channel;
};
struct StoreMade {
  uint32_t number;  // among object stores
  storage::StoreKind kind;
  std::optional<uint32_t> beside;  // the metadata store in whose Redis it is
};
struct Preloaded {
  uint32_t number;
  ObjectId object;
  ObjectSize size;
};
// Which of a store's servers the process's call has gone to.
struct Shard {
  uint32_t process;
  int64_t shard;
};

using What = std::variant<ResourceAdded, ResourceRemoved, FlowAsked, FlowBegan, FlowEnded, Resumed,
                          FunctionAdded, CallBegan, Called, functions::StartAttempt, Evicted,
                          Prewarmed, Provisioned, engine::TraceRecord, Asked, Answered, Subscribed,
                          StoreMade, Preloaded, Shard>;
struct Event {
  Time time;
  What what;
};

struct TaskRun {
  hosts::Host host;
  TaskId task;
  hosts::TaskCost cost;
};

struct Rental {
  std::string type;
  accounting::CostItem item;
  Time since;
};

struct RunRecord {
  std::vector<Event> events;   // in the order in which they happened
  std::vector<TaskRun> tasks;  // executions, in the order in which they were asked for
  std::vector<Rental> rentals;
  std::map<uint32_t, std::string> machines;  // their first names, by host: those of their types
  std::set<uint32_t> environments;           // hosts of functions
  Time end;                                  // of the run, at which machines are given back
  bool whole = true;  // false: it was too long, and only its beginning is here
};

}  // namespace wukong::run_record
