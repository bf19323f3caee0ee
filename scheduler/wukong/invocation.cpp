#include "scheduler/wukong/invocation.h"

#include <algorithm>
#include <utility>

#include "scheduler/wukong/executor.h"
#include "sim/functions/environment.h"
#include "sim/functions/lambda_client.h"
#include "sim/hosts/values.h"
#include "sim/platform/platform.h"

namespace wukong::wukong_policy {
namespace {

constexpr Bytes kPathKey{64};  // e.g. "qr-1234---path": any size far below a task's code would do

// Those objects that `from` makes and `reader` reads, by the shorter one of the two lists.
void add_objects_between(const dag::Dag& dag, TaskId from, TaskId reader,
                         std::vector<ObjectId>& objects) {
  const auto outputs = dag.outputs(from);
  const auto inputs = dag.inputs(reader);
  if (outputs.size() < inputs.size()) {
    for (const ObjectId object : outputs) {
      const auto readers = dag.consumers(object);
      if (std::binary_search(readers.begin(), readers.end(), reader)) objects.push_back(object);
    }
  } else {
    for (const ObjectId object : inputs)
      if (dag.producer(object) == from) objects.push_back(object);
  }
}

}  // namespace

Bytes encoded(const wukong_decisions::WukongOptions& options, Bytes value) {
  return Bytes::whole(static_cast<double>(value.count()) * options.inline_encoding_factor);
}

bool path_is_inline(const WukongContext& context, TaskId start) {
  return context.dag.predecessors(start).empty() &&
         context.schedules.size(start) <= context.options.inline_argument_limit;
}

Bytes payload_size(const WukongContext& context, TaskId start, TaskId inlined) {
  Bytes size = path_is_inline(context, start) ? context.schedules.size(start) : kPathKey;
  if (inlined.valid()) size += encoded(context.options, context.outputs.of(inlined));
  return size;
}

bool fits_inline(const WukongContext& context, TaskId start, TaskId inlined) {
  return context.options.inline_arguments &&
         payload_size(context, start, inlined) <= context.options.inline_argument_limit;
}

std::vector<ObjectId> carried_objects(const dag::Dag& dag, TaskId inlined, TaskId start) {
  std::vector<ObjectId> objects;
  add_objects_between(dag, inlined, start, objects);
  const auto its_targets = dag.successors(inlined);
  for (const TaskId next : dag.successors(start))
    if (std::binary_search(its_targets.begin(), its_targets.end(), next))
      add_objects_between(dag, inlined, next, objects);
  std::sort(objects.begin(), objects.end());
  objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  return objects;
}

engine::Task<bool> invoke_executor(const WukongContext& context, const hosts::Host& caller,
                                   TaskId start, TaskId inlined) {
  if (inlined.valid())
    for (const ObjectId object : carried_objects(context.dag, inlined, start))
      context.platform.values().send(caller, object);
  functions::Handler handler = [&context, start, inlined](functions::Environment& environment) {
    return run_wukong_executor(context, environment, start, inlined);
  };
  const auto reply = co_await context.platform.lambda().invoke_async(
      caller, context.executor_function, payload_size(context, start, inlined), std::move(handler));
  co_return reply == functions::InvokeReply::accepted;
}

}  // namespace wukong::wukong_policy
