#include "scheduler/pywren_call.h"

namespace wukong::scheduler {
namespace {

// A pickled function with its modules, a call's data, a status document: small against any latency.
// numpywren's counters know nothing of them, so they have no nominal size.
constexpr sim::ObjectSize kFunctionSize{Bytes(100'000), Bytes(0)};
constexpr sim::ObjectSize kSmallSize{Bytes(1'000), Bytes(0)};

}  // namespace

void PyWrenOptions::visit(FieldVisitor& v) {
  v.field("threads", threads, kCount);
  v.duration("call_time_ms", call_time);
  v.duration("worker_setup_s", worker_setup);
  v.duration("child_poll_s", child_poll, kPositive);
  v.field("heads", heads, kNonNegative);
  v.field("gets", gets, kNonNegative);
}

PyWrenCalls::PyWrenCalls(sim::Platform& platform, const sim::Host& client,
                         sim::ObjectStore& objects, size_t first_object,
                         const PyWrenOptions& options)
    : platform_(platform),
      engine_(platform.engine()),
      client_(client),
      objects_(objects),
      function_object_(first_object),
      data_object_(first_object + 1),
      next_status_(first_object + 2),
      options_(options),
      threads_(engine_, options.threads),
      interpreter_(engine_, 1) {}

sim::Task<> PyWrenCalls::upload() {
  co_await objects_.put(client_, data_object_, kSmallSize);
  co_await objects_.put(client_, function_object_, kFunctionSize);
}

sim::Task<bool> PyWrenCalls::call(sim::FunctionId function, Body body) {
  const auto thread = co_await threads_.acquire("a thread of PyWren's pool");
  {
    const auto interpreter = co_await interpreter_.acquire("Python's interpreter lock");
    co_await engine_.sleep(options_.call_time);
  }
  const auto slot = static_cast<uint32_t>(bodies_.size());
  bodies_.push_back(std::move(body));
  sim::Handler handler = [this, slot](sim::Environment& environment) {
    return handle(environment, slot);
  };
  const auto reply = co_await platform_.lambda().invoke_async(client_, function, kSmallSize.actual,
                                                              std::move(handler));
  co_return reply == sim::InvokeReply::accepted;
}

// What PyWren's handler does around the function. Its child process runs the function; the handler
// looks for its end every `child_poll`, and the whole of that is billed.
sim::Task<sim::HandlerResult> PyWrenCalls::handle(sim::Environment& environment, uint32_t slot) {
  const sim::Host& host = environment.host;
  for (int64_t i = 0; i < options_.heads; ++i) co_await objects_.exists(host, data_object_);
  co_await engine_.sleep(options_.worker_setup, "the start of its child process");
  for (int64_t i = 0; i < options_.gets; ++i)
    co_await objects_.get(host, i % 2 == 0 ? function_object_ : data_object_);

  const Time child_started = engine_.now();
  const bool succeeded = co_await bodies_[slot](environment);
  const Duration ran = engine_.now() - child_started;
  const Duration beyond_poll = ran % options_.child_poll;
  co_await engine_.sleep(options_.child_poll - beyond_poll, "its next look at its child");
  if (!succeeded) co_return sim::HandlerResult::error;

  const ObjectId output(next_status_++);
  const ObjectId status(next_status_++);
  co_await objects_.put(host, output, kSmallSize);
  co_await objects_.put(host, status, kSmallSize);
  ++finished_;
  co_return sim::HandlerResult::success;
}

}  // namespace wukong::scheduler
