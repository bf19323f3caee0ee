// The things that services and schedulers talk about.
#pragma once

#include "sim/base/id.h"

namespace wukong {

using TaskId = Id<struct TaskTag>;              // a node of the DAG
using ObjectId = Id<struct ObjectTag>;          // an immutable value that tasks read and write
using HostId = Id<struct HostTag>;              // a place where code runs (sim/hosts)
using LinkId = Id<struct LinkTag>;              // a network interface, one direction (sim/network)
using FunctionId = Id<struct FunctionTag>;      // a function of the service (sim/functions)
using InvocationId = Id<struct InvocationTag>;  // one invocation of it, retries included
using CounterId = Id<struct CounterTag>;        // an atomic counter (sim/storage)
using ChannelId = Id<struct ChannelTag>;        // a publish/subscribe channel
using MessageId = Id<struct MessageTag>;        // a message in a queue

}  // namespace wukong
