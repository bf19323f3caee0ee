#include "scheduler/numpywren.h"

#include <algorithm>
#include <cmath>

#include "scheduler/stopwatch.h"
#include "sim/engine/span.h"

namespace wukong::scheduler {

using sim::Activity;
using sim::Span;
using sim::SpanKind;
using sim::StoreStatus;
using sim::Task;

namespace {

constexpr std::string_view kWorkerPerNames[] = {"none", "result", "starter"};
constexpr std::string_view kScalingNames[] = {"constant_timeout", "dynamic", "scale_factor"};

sim::StoreSpec block_store(const NumpywrenOptions& options) {
  sim::StoreSpec store = options.store;
  store.connections_per_request = options.connections_per_request;
  return store;
}

int64_t most_workers(const NumpywrenOptions& options, const workloads::Dag& dag) {
  if (options.worker_per == WorkerPer::none) return options.workers;
  const size_t tasks =
      options.worker_per == WorkerPer::result ? dag.sinks().size() : dag.leaves().size();
  return std::min(options.workers, static_cast<int64_t>(tasks));
}

}  // namespace

void NumpywrenOptions::visit(FieldVisitor& v) {
  v.group("store", store);
  v.field("client_machine", client_machine);
  v.field("control_machine", control_machine);
  v.field("workers", workers, Bounds{1, 1e6});
  v.choice("worker_per", worker_per, kWorkerPerNames);
  v.field("pipeline_width", pipeline_width, Bounds{1, 1000});
  v.duration("worker_timeout_s", worker_timeout, kPositive);
  v.duration("driver_poll_s", driver_poll, kPositive);
  v.choice("scaling", scaling, kScalingNames);
  v.field("relaunch_fraction", relaunch_fraction, kPositive);
  v.duration("launch_interval_s", launch_interval);
  v.field("scale_factor", scale_factor, kPositive);
  v.duration("idle_timeout_s", idle_timeout, kPositive);
  v.duration("compile_time_s", compile_time);
  v.duration("analysis_time_ms", analysis_time);
  v.bandwidth("zero_scan_gb_per_s", zero_scan);
  v.duration("receive_visibility_s", receive_visibility, kPositive);
  v.duration("renew_visibility_s", renew_visibility, kPositive);
  v.duration("renew_interval_s", renew_interval, kPositive);
  v.field("renewals", renewals, kNonNegative);
  v.duration("client_time_ms", client_time);
  v.duration("pool_time_ms", pool_time);
  v.field("connections_per_request", connections_per_request, kCount);
  v.field("connections_per_worker", connections_per_worker, kNonNegative);
  v.group("storage_retry", storage_retry);
  v.group("pywren", pywren);
}

// One worker: a PyWren call that runs an event loop with `pipeline_width` slots over three stages.
struct Numpywren::Worker {
  Worker(sim::Engine& engine, const sim::Host& where, sim::ObjectStore& blocks)
      : host(where),
        store(blocks),
        started(engine.now()),
        last_task(engine.now()),
        reading(engine, 1),
        computing(engine, 1),
        writing(engine, 1) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    for (const Pool& pool : pools) store.disconnect(pool.to, pool.connections);
  }

  struct Pool {
    ObjectId to;
    int64_t connections;
  };

  const sim::Host& host;
  sim::ObjectStore& store;
  std::vector<Pool> pools;  // the code never closes one; they end with the worker
  Time started;
  Time last_task;  // when it last had work
  sim::Semaphore reading;
  sim::Semaphore computing;  // one thread
  sim::Semaphore writing;
  bool failed = false;
};

Numpywren::Numpywren(sim::Platform& platform, const workloads::Dag& dag,
                     const NumpywrenOptions& options)
    : platform_(platform),
      engine_(platform.engine()),
      dag_(dag),
      options_(options),
      client_(platform.rent(options.client_machine)),
      control_(platform.rent(options.control_machine)),
      store_(platform.add_store(block_store(options))),
      pywren_store_(platform.add_store(sim::StoreSpec{.kind = sim::StoreKind::s3})),
      metadata_(platform.add_metadata_store(control_.host)),
      queue_(platform.add_queue()),
      worker_function_(platform.lambda().add_function(platform.spec().functions.executor())),
      pywren_(platform, client_.host, pywren_store_, dag.object_count(), options.pywren),
      workers_most_(most_workers(options, dag)),
      status_(dag.task_count(), NodeStatus::not_ready),
      returned_(dag.task_count()),
      sinks_left_(dag.sinks().size()) {
  platform.name_host(client_.host, "driver");
  for (const ObjectId object : dag.objects())
    if (!dag.producer(object).valid() && !dag.absent(object))
      store_.preload(object, dag.size(object));
}

// ---- the driver

Task<Failure> Numpywren::run() {
  {
    const Span span(engine_, {SpanKind::work, "compile", client_.host.id.value()});
    co_await engine_.sleep(options_.compile_time, "the compilation of its program");
  }
  co_await metadata_.request(client_.host, 1, kControlRequest, kControlRequest);  // status: running
  sim::TaskGroup launches(engine_);
  launches.spawn(launch(workers_most_), "launch of workers");
  for (const TaskId starter : dag_.leaves()) {
    status_[starter.index()] = NodeStatus::ready;
    co_await queue_.send(client_.host, starter.value());
  }
  while (true) {
    {
      const Span span(engine_, {SpanKind::wait, "next poll", client_.host.id.value()});
      co_await engine_.sleep(options_.driver_poll, "the driver's next poll");
    }
    co_await metadata_.request(client_.host, 1, kControlRequest, kControlRequest);
    if (failure_) co_return failure_;
    if (succeeded_) break;
    if (launches.running() == 0) launches.spawn(launch_by_policy(), "launch of workers");
  }
  co_return std::nullopt;  // workers that are still being launched would find the program ended
}

Task<> Numpywren::launch(int64_t count) {
  last_launch_ = engine_.now();
  const bool uploaded = co_await pywren_.upload();
  if (!uploaded) {
    failure_ = "the driver could not upload the workers' function";
    co_return;
  }
  sim::TaskGroup calls(engine_);
  for (int64_t i = 0; i < count; ++i) calls.spawn(launch_one(), "PyWren call");
  co_await calls.join();
}

Task<> Numpywren::launch_one() {
  PyWrenCalls::Body body = [this](sim::Environment& environment) { return work(environment); };
  co_await pywren_.call(worker_function_, std::move(body));
}

Task<> Numpywren::launch_by_policy() {
  const Duration since = engine_.now() - last_launch_;
  if (options_.scaling == ScalingPolicy::constant_timeout) {
    if (since >= scaled(options_.worker_timeout, options_.relaunch_fraction))
      co_await launch(workers_most_);
    co_return;
  }
  const auto pending = static_cast<double>(co_await queue_.visible(client_.host));
  const auto per_worker = static_cast<double>(options_.pipeline_width);
  int64_t wanted = 0;
  if (options_.scaling == ScalingPolicy::dynamic) {
    const auto half = static_cast<int64_t>(std::ceil(0.5 * pending / per_worker));
    if (since < options_.launch_interval || workers_up_ >= half) co_return;
    wanted = static_cast<int64_t>(std::ceil(pending / per_worker));
  } else {
    wanted = static_cast<int64_t>(std::ceil(options_.scale_factor * pending / per_worker));
  }
  const int64_t missing = std::min(wanted, workers_most_) - workers_up_;
  if (missing > 0) co_await launch(missing);
}

// ---- a worker

Task<bool> Numpywren::work(sim::Environment& environment) {
  ++workers_up_;
  Worker worker(engine_, environment.host, store_);
  const bool connected = co_await connect(worker);
  worker.failed = !connected;
  {
    sim::TaskGroup slots(engine_);
    for (int64_t i = 0; i < options_.pipeline_width; ++i)
      slots.spawn(pipeline_slot(worker), "pipeline slot");
    co_await slots.join("its pipeline");
  }
  --workers_up_;
  co_await round_trips(worker.host, 1);  // decr_up
  co_return !worker.failed;
}

// What a worker keeps open from its start. False if the server has turned it away too often.
Task<bool> Numpywren::connect(Worker& worker) {
  const auto attempt = [this, &worker] { return try_to_connect(worker); };
  const auto turned_away = [](bool connected) { return !connected; };
  co_return co_await with_retries(platform_, worker.host, options_.storage_retry, attempt,
                                  turned_away);
}

Task<bool> Numpywren::try_to_connect(Worker& worker) {
  const int64_t connections = options_.connections_per_worker;
  if (connections == 0) co_return true;
  constexpr ObjectId kFirstServer(0);
  if (!store_.connect(kFirstServer, connections)) co_return false;
  worker.pools.push_back({kFirstServer, connections});
  co_return true;
}

Task<> Numpywren::pipeline_slot(Worker& worker) {
  while (!worker.failed) {
    if (engine_.now() - worker.started > options_.worker_timeout) co_return;
    co_await round_trips(worker.host, 1);  // the program's status
    if (succeeded_) co_return;
    const bool had_work = co_await take_and_run(worker);
    if (had_work) {
      worker.last_task = engine_.now();
    } else if (options_.scaling == ScalingPolicy::scale_factor &&
               engine_.now() - worker.last_task > options_.idle_timeout) {
      co_return;
    }
  }
}

// Takes one message, if there is one, and does what it asks for. False if there was none.
Task<bool> Numpywren::take_and_run(Worker& worker) {
  co_await engine_.sleep(options_.client_time, "a new client");
  const auto message = co_await queue_.receive(worker.host, options_.receive_visibility);
  if (!message) co_return false;
  co_await round_trips(worker.host, 2);  // busy count, time of the message
  sim::TaskGroup lease(engine_);
  lease.spawn(keep_lease(worker.host, *message), "lease");

  const TaskId task(message->body);
  co_await round_trips(worker.host, 2);  // the node's status, and that it is running
  NodeStatus& status = status_[task.index()];
  if (status != NodeStatus::post_op && status != NodeStatus::finished) {
    status = NodeStatus::running;
    const bool ran = co_await run_node(worker, task);
    if (!ran) {
      worker.failed = true;  // the message comes back when its lease ends
      co_return true;
    }
    status_[task.index()] = NodeStatus::post_op;
  }
  if (status_[task.index()] == NodeStatus::post_op) {
    const bool told = co_await post_operation(worker.host, task);
    if (!told) {
      worker.failed = true;
      co_return true;
    }
  }
  co_await queue_.remove(worker.host, *message);
  co_await round_trips(worker.host, 1);
  co_return true;
}

// The lease is renewed a few times only; a task that takes longer comes back to the queue, and
// another worker does it too.
Task<> Numpywren::keep_lease(const sim::Host& host, sim::QueueMessage message) {
  for (int64_t i = 0; i < options_.renewals; ++i) {
    co_await queue_.change_visibility(host, message, options_.renew_visibility);
    co_await engine_.sleep(options_.renew_interval, "the renewal of a lease");
  }
}

Task<bool> Numpywren::run_node(Worker& worker, TaskId task) {
  {
    const auto stage = co_await worker.reading.acquire("the reading stage");
    const bool has_inputs = co_await read_inputs(worker, task);
    if (!has_inputs) co_return false;
  }
  {
    const auto stage = co_await worker.computing.acquire("the compute thread");
    sim::TaskCost cost = dag_.cost(task);
    cost.threads = 1;
    const auto done = co_await platform_.tasks().execute(worker.host, task, cost);
    if (done != sim::ExecuteStatus::done) co_return false;
    co_await round_trips(worker.host, 1);  // flop counter
  }
  const auto stage = co_await worker.writing.acquire("the writing stage");
  const bool written = co_await write_outputs(worker, task);
  for (const ObjectId object : dag_.inputs(task)) platform_.values().drop(worker.host, object);
  for (const ObjectId object : dag_.outputs(task)) platform_.values().drop(worker.host, object);
  co_return written;
}

// One input after another: is it there, then get it. What is not there is zeros, but counts as
// read.
Task<bool> Numpywren::read_inputs(Worker& worker, TaskId task) {
  for (const ObjectId object : dag_.inputs(task)) {
    const auto read = [this, &worker, object] { return read_block(worker, object); };
    const auto failed = [](StoreStatus status) { return status == StoreStatus::unavailable; };
    const auto found =
        co_await with_retries(platform_, worker.host, options_.storage_retry, read, failed);
    if (found == StoreStatus::unavailable) co_return false;
    if (found == StoreStatus::missing) {
      // The original computes with zeros, and ends with a wrong result.
      if (!dag_.absent(object))
        failure_ = dag_.name(object) + " is lost: numpywren takes it for zeros";
      platform_.usage().nominal_read += dag_.size(object).nominal;
    }
    co_await round_trips(worker.host, 1);  // read counter
  }
  co_return true;
}

Task<StoreStatus> Numpywren::read_block(Worker& worker, ObjectId object) {
  const Stopwatch stopwatch(engine_, platform_.usage(), Activity::storage_io);
  const bool connected = co_await open_client(worker, object);
  if (!connected) co_return StoreStatus::unavailable;
  const auto found = co_await store_.exists(worker.host, object);
  if (found != StoreStatus::ok) co_return found;
  co_return co_await store_.get(worker.host, object);
}

// Every request makes its own client. On Redis that is a pool of connections that nobody closes:
// the server turns clients away when there are too many of them.
Task<bool> Numpywren::open_client(Worker& worker, ObjectId object) {
  const bool is_redis = options_.store.kind == sim::StoreKind::redis;
  {
    const Span span(engine_, {SpanKind::work, "new client", worker.host.id.value()});
    co_await engine_.sleep(is_redis ? options_.pool_time : options_.client_time, "a new client");
  }
  if (!is_redis) co_return true;
  const int64_t connections = options_.connections_per_request;
  if (!store_.connect(object, connections)) co_return false;
  worker.pools.push_back({object, connections});
  co_return true;
}

Task<bool> Numpywren::write_outputs(Worker& worker, TaskId task) {
  for (const ObjectId object : dag_.outputs(task)) {
    const Bytes size = dag_.size(object).actual;
    {
      const Span span(engine_, {SpanKind::work, "scan for zeros", worker.host.id.value()});
      co_await engine_.sleep(transfer_time(size, options_.zero_scan), "its scan for zeros");
    }
    const auto put = [this, &worker, object] { return write_block(worker, object); };
    const auto failed = [](StoreStatus status) { return status == StoreStatus::unavailable; };
    const auto written =
        co_await with_retries(platform_, worker.host, options_.storage_retry, put, failed);
    if (written != StoreStatus::ok) co_return false;
    co_await round_trips(worker.host, 1);  // write counter
  }
  co_return true;
}

Task<StoreStatus> Numpywren::write_block(Worker& worker, ObjectId object) {
  const Stopwatch stopwatch(engine_, platform_.usage(), Activity::storage_io);
  const bool connected = co_await open_client(worker, object);
  if (!connected) co_return StoreStatus::unavailable;
  co_return co_await store_.put(worker.host, object, dag_.size(object));
}

std::unique_ptr<System> make_numpywren(sim::Platform& platform, const workloads::Dag& dag,
                                       const Options& options) {
  return std::make_unique<Numpywren>(platform, dag, dynamic_cast<const NumpywrenOptions&>(options));
}

}  // namespace wukong::scheduler
