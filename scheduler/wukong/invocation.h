// How an executor is invoked, by whomever: client, storage proxy, another executor. Its payload
// holds the path of the task that it starts at, or its key, and that task's arguments if they fit.
#pragma once

#include <vector>

#include "scheduler/wukong/context.h"

namespace wukong::wukong_policy {

// A value's size in a payload or a message.
Bytes encoded(const wukong_decisions::WukongOptions& options, Bytes value);

// A path or its key; with `inlined`, that task's outputs.
Bytes payload_size(const WukongContext& context, TaskId start, TaskId inlined);
// Whether the outputs of `inlined` may travel in the payload, or go through the object store.
bool fits_inline(const WukongContext& context, TaskId start, TaskId inlined);
// The static scheduler sends a leaf's executor its path, unless that is too large. Every other
// executor fetches its path when it starts.
bool path_is_inline(const WukongContext& context, TaskId start);

// Which of the outputs of `inlined` an executor that starts at `start` may read from its memory:
// the inputs of `start`, and of whatever it may go on with at once. (The payload's size is that of
// all of them.)
std::vector<ObjectId> carried_objects(const dag::Dag& dag, TaskId inlined, TaskId start);

// The caller spends the time of the call. False if it failed.
engine::Task<bool> invoke_executor(const WukongContext& context, const hosts::Host& caller,
                                   TaskId start, TaskId inlined);

}  // namespace wukong::wukong_policy
