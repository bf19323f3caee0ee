// The things that services and schedulers talk about.
#pragma once

#include "sim/base/id.h"

namespace wukong {

using TaskId = Id<struct TaskTag>;      // a node of the DAG
using ObjectId = Id<struct ObjectTag>;  // an immutable value that tasks read and write

namespace sim {
using HostId = Id<struct HostTag>;              // a place where code runs, see host.h
using LinkId = Id<struct LinkTag>;              // of the network, see network.h
using FunctionId = Id<struct FunctionTag>;      // a Lambda function, see lambda_service.h
using InvocationId = Id<struct InvocationTag>;  // one invocation of it, retries included
using CounterId = Id<struct CounterTag>;        // an atomic counter, see metadata_store.h
using ChannelId = Id<struct ChannelTag>;        // a publish/subscribe channel
using MessageId = Id<struct MessageTag>;        // a message in a queue, see message_queue.h
}  // namespace sim
}  // namespace wukong
