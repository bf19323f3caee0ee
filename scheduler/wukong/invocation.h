// How an executor is invoked, by whomever: client, storage proxy, another executor. Its payload
// holds the static schedule of the task that it starts at and, if they fit, that task's arguments.
#pragma once

#include <vector>

#include "scheduler/wukong/context.h"

namespace wukong::wukong_policy {

// A value's size in a payload or a message.
Bytes encoded(const wukong_decisions::WukongOptions& options, Bytes value);

// A schedule or, if it is too large, its key; with `inlined`, that task's outputs.
Bytes payload_size(const WukongContext& context, TaskId start, TaskId inlined);
// Whether the outputs of `inlined` may travel in the payload, or go through the object store.
bool fits_inline(const WukongContext& context, TaskId start, TaskId inlined);
// An executor whose schedule was too large fetches it when it starts.
bool schedule_is_inline(const WukongContext& context, TaskId start);

// Which of the outputs of `inlined` an executor that starts at `start` may read from its memory:
// the inputs of `start`, and of whatever it may go on with at once. (The payload's size is that of
// all of them.)
std::vector<ObjectId> carried_objects(const dag::Dag& dag, TaskId inlined, TaskId start);

// The caller spends the time of the call. False if it failed.
engine::Task<bool> invoke_executor(const WukongContext& context, const hosts::Host& caller,
                                   TaskId start, TaskId inlined);

}  // namespace wukong::wukong_policy
