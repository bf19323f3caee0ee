// The table of quantities. Its order is that of the columns of exports and of the keys of the
// result document; within a group also that of reports.
#include "bench/result/metric.h"
#include "bench/text/format.h"

namespace wukong::result {
namespace {

using Group = MetricGroup;
using accounting::Activity;
using accounting::CostItem;
using accounting::Operation;

template <auto member>
Measure in_run(const run::RunResult& run) {
  return run.*member;
}

template <auto member>
Measure in_usage(const run::RunResult& run) {
  return run.usage.*member;
}

template <Activity activity>
Measure spent(const run::RunResult& run) {
  return run.usage.time[static_cast<size_t>(activity)];
}

template <CostItem item>
Measure paid(const run::RunResult& run) {
  return run.cost.of(item);
}

template <Operation operation>
Measure times(const run::RunResult& run) {
  return run.usage.count_of(operation);
}

Measure makespan(const run::RunResult& run) {
  if (!run.completed) return {};
  return run.makespan;
}

Measure reported(const run::RunResult& run) {
  if (!run.completed) return {};
  return run.reported;
}

Measure total_cost(const run::RunResult& run) { return run.cost.total(); }

// At the price of a GB-s that the run paid.
Measure price_of_workers(const run::RunResult& run) {
  if (run.workers == 0 || run.billed_gb_s == 0) return 0.0;
  const double gigabytes = static_cast<double>(run.functions.front().memory_mb) / 1024;
  const double gb_s = static_cast<double>(run.workers) * gigabytes * text::seconds_of(run.reported);
  return gb_s * text::usd_of(run.cost.of(CostItem::functions)) / run.billed_gb_s;
}

// Of a load that has such a thing; of other runs nothing.
template <auto quantity>
Measure in_load(const run::RunResult& run) {
  if (!run.load) return {};
  return quantity(*run.load);
}

Measure quantile(const statistics::QuantileSketch& sketch, double q) {
  if (sketch.count() == 0) return {};
  return sketch.quantile(q);
}

constexpr double kPerMyriad = 1e-4;
template <int myriads>
Measure response(const run::LoadResult& load) {
  return quantile(load.all.response, myriads * kPerMyriad);
}
template <int myriads>
Measure queueing(const run::LoadResult& load) {
  return quantile(load.all.queueing, myriads * kPerMyriad);
}
template <int myriads>
Measure slowdown(const run::LoadResult& load) {
  if (load.all.slowdown.count() == 0) return {};
  return run::slowdown_of(load.all.slowdown.quantile(myriads * kPerMyriad));
}
Measure mean_response(const run::LoadResult& load) {
  if (load.all.response.count() == 0) return {};
  return load.all.response.mean();
}
Measure cold_share(const run::LoadResult& load) {
  if (load.all.invocations == 0) return {};
  return static_cast<double>(load.all.cold_starts) / static_cast<double>(load.all.invocations);
}
template <double run::ByApplication::* share>
Measure by_application(const run::LoadResult& load) {
  if (!load.by_application) return {};
  return (*load.by_application).*share;
}
Measure mean_cost(const run::LoadResult& load) {
  const uint64_t jobs = load.all.arrived - load.all.left_out;
  if (jobs == 0) return {};
  return text::usd_of(load.all.cost) / static_cast<double>(jobs);
}
Measure arrived(const run::LoadResult& load) { return load.all.arrived; }
Measure failed(const run::LoadResult& load) { return load.all.failed; }
Measure idle(const run::LoadResult& load) { return load.idle_gb_s; }
Measure mean_running(const run::LoadResult& load) { return load.mean_running; }
Measure mean_environments(const run::LoadResult& load) { return load.mean_environments; }

// Name, unit, group, label, field of the result document, what is better, what it is, how it is
// taken; headline, whether baselines hold it.
constexpr Metric kMetrics[] = {
    {"makespan_s", "s", Group::time, "time", "makespan_s", Better::lower,
     "Time until the client has all results; of completed runs only.", makespan, "time"},
    {"reported_s", "s", Group::time, "reported time", "reported_s", Better::lower,
     "What the system's own clock says: numpywren's starts late; of completed runs only.",
     reported},

    {"jobs", "", Group::load, "arrived", "", Better::neither, "Jobs or invocations that arrived.",
     in_load<arrived>, "", InBaselines::no},
    {"jobs_failed", "", Group::load, "failed", "", Better::lower, "Those that failed.",
     in_load<failed>, "failed", InBaselines::no},
    {"response_mean_s", "s", Group::load, "response, mean", "", Better::lower,
     "From a job's arrival to its results; of those that did not fail.", in_load<mean_response>, "",
     InBaselines::no},
    {"response_p50_s", "s", Group::load, "response, p50", "", Better::lower,
     "Half of them are at most so long; within 0.1 %, as all quantiles.", in_load<response<5000>>,
     "response, p50", InBaselines::no},
    {"response_p90_s", "s", Group::load, "response, p90", "", Better::lower, "Nine of ten are.",
     in_load<response<9000>>, "", InBaselines::no},
    {"response_p99_s", "s", Group::load, "response, p99", "", Better::lower, "99 of 100 are.",
     in_load<response<9900>>, "response, p99", InBaselines::no},
    {"response_p99_9_s", "s", Group::load, "response, p99.9", "", Better::lower, "999 of 1000 are.",
     in_load<response<9990>>, "", InBaselines::no},
    {"slowdown_p50", "", Group::load, "slowdown, p50", "", Better::lower,
     "The response, relative to the job alone on an idle platform.", in_load<slowdown<5000>>, "",
     InBaselines::no},
    {"slowdown_p99", "", Group::load, "slowdown, p99", "", Better::lower,
     "The same, at most, for 99 of 100.", in_load<slowdown<9900>>, "slowdown, p99",
     InBaselines::no},
    {"queueing_p50_s", "s", Group::load, "queueing, p50", "", Better::lower,
     "From a function's acceptance to its start, on average over a job's functions.",
     in_load<queueing<5000>>, "", InBaselines::no},
    {"queueing_p99_s", "s", Group::load, "queueing, p99", "", Better::lower,
     "The same, at most, for 99 of 100 jobs.", in_load<queueing<9900>>, "", InBaselines::no},
    {"cold_start_share", "", Group::load, "cold-start share", "", Better::lower,
     "Cold starts for each invocation.", in_load<cold_share>, "", InBaselines::no},
    {"app_cold_share_p50", "", Group::load, "cold-start share, p50 of apps", "", Better::lower,
     "Half of a trace's applications have at most that share of cold starts.",
     in_load<by_application<&run::ByApplication::cold_share_p50>>, "", InBaselines::no},
    {"app_cold_share_p75", "", Group::load, "cold-start share, p75 of apps", "", Better::lower,
     "Three of four have, which is what keep-alive policies are compared by.",
     in_load<by_application<&run::ByApplication::cold_share_p75>>, "", InBaselines::no},
    {"app_cold_share_p99", "", Group::load, "cold-start share, p99 of apps", "", Better::lower,
     "99 of 100 have.", in_load<by_application<&run::ByApplication::cold_share_p99>>, "",
     InBaselines::no},
    {"idle_gb_s", "GB s", Group::load, "idle GB s", "", Better::lower,
     "Memory of warm environments that ran nothing, times their time.", in_load<idle>, "",
     InBaselines::no},
    {"mean_concurrency", "", Group::load, "mean concurrency", "", Better::neither,
     "Functions that run, on average over the run.", in_load<mean_running>, "", InBaselines::no},
    {"mean_environments", "", Group::load, "mean environments", "", Better::lower,
     "Environments that exist, on average over the run.", in_load<mean_environments>, "",
     InBaselines::no},
    {"cost_per_job_usd", "USD", Group::load, "cost of a job", "", Better::lower,
     "What a job costs, on average.", in_load<mean_cost>, "", InBaselines::no},

    {"tasks", "", Group::tasks, "tasks", "tasks", Better::neither, "Tasks of the DAG.",
     in_run<&run::RunResult::tasks>, "tasks"},
    {"edges", "", Group::tasks, "edges", "edges", Better::neither,
     "Edges of the DAG: which task needs which.", in_run<&run::RunResult::edges>, "",
     InBaselines::no},
    {"tasks_executed", "", Group::tasks, "executed", "executed", Better::lower,
     "Executions of tasks; more than tasks where work was done twice.",
     in_run<&run::RunResult::executed>},

    {"invocations", "", Group::functions, "invocations", "invocations", Better::lower,
     "Invocations of functions that were accepted.", in_run<&run::RunResult::invocations>,
     "invocations"},
    {"cold_starts", "", Group::functions, "cold starts", "cold_starts", Better::lower,
     "Environments that were made because no idle one was there.",
     in_run<&run::RunResult::cold_starts>},
    {"throttles", "", Group::functions, "throttles", "throttles", Better::lower,
     "Invocations that the service turned away for its limits (429).",
     in_run<&run::RunResult::throttles>},
    {"peak_concurrency", "", Group::functions, "peak concurrency", "peak_concurrency",
     Better::neither, "The most functions that ran at one time.",
     in_run<&run::RunResult::peak_concurrency>},
    {"billed_gb_s", "GB s", Group::functions, "billed GB s", "billed_gb_s", Better::lower,
     "Memory of functions times the time for which they are billed.",
     in_run<&run::RunResult::billed_gb_s>},
    {"cpu_core_s", "core s", Group::functions, "CPU core s", "cpu_core_s", Better::lower,
     "vCPUs, busy or not, times the time for which functions and machines are billed.",
     in_run<&run::RunResult::cpu_core_s>},
    {"cpu_whole_core_s", "core s", Group::functions, "whole CPU core s", "", Better::lower,
     "The same with a function's vCPUs rounded up, as the papers count.",
     in_run<&run::RunResult::cpu_whole_core_s>},

    {"cost_usd", "USD", Group::cost, "total", "cost_usd.total", Better::lower,
     "What the run costs in all.", total_cost, "cost"},
    {"cost_functions_usd", "USD", Group::cost, "functions", "cost_usd.functions", Better::lower,
     "What functions cost for their time and memory.", paid<CostItem::functions>},
    {"cost_requests_usd", "USD", Group::cost, "requests", "cost_usd.requests", Better::lower,
     "What invocations cost by their number.", paid<CostItem::requests>},
    {"cost_storage_usd", "USD", Group::cost, "storage", "cost_usd.storage", Better::lower,
     "What the stores cost: requests, or machines that are rented for them.",
     paid<CostItem::storage>},
    {"cost_queue_usd", "USD", Group::cost, "queue", "cost_usd.queue", Better::lower,
     "What requests to queues cost.", paid<CostItem::queue>},
    {"cost_machines_usd", "USD", Group::cost, "machines", "cost_usd.machines", Better::lower,
     "What the rented machines of schedulers and workers cost.", paid<CostItem::machines>},
    {"cost_workers_usd", "USD", Group::cost, "workers", "", Better::lower,
     "What a system's workers would cost if each ran for the reported time, as SoCC'20 counts.",
     price_of_workers},

    {"read_gb", "GB", Group::bytes, "read", "bytes.read", Better::lower, "Bytes read from stores.",
     in_usage<&accounting::Usage::read>, "read"},
    {"written_gb", "GB", Group::bytes, "written", "bytes.written", Better::lower,
     "Bytes written to stores.", in_usage<&accounting::Usage::written>, "written"},
    {"nominal_read_gb", "GB", Group::bytes, "read, nominal", "bytes.nominal_read", Better::lower,
     "Bytes read as numpywren counts them: by the declared shapes of blocks.",
     in_usage<&accounting::Usage::nominal_read>},
    {"nominal_written_gb", "GB", Group::bytes, "written, nominal", "bytes.nominal_written",
     Better::lower, "Bytes written as numpywren counts them.",
     in_usage<&accounting::Usage::nominal_written>},
    {"input_gb", "GB", Group::bytes, "input", "", Better::neither,
     "The DAG's input: what is there before the run.", in_run<&run::RunResult::input>},
    {"result_gb", "GB", Group::bytes, "result", "", Better::neither,
     "The DAG's result: what no task reads.", in_run<&run::RunResult::result>},

    {"object_gets", "", Group::operations, "object get", "operations.object_get", Better::lower,
     "Requests for an object's bytes.", times<Operation::object_get>},
    {"object_puts", "", Group::operations, "object put", "operations.object_put", Better::lower,
     "Requests that write an object.", times<Operation::object_put>},
    {"object_heads", "", Group::operations, "object head", "operations.object_head", Better::lower,
     "Requests that ask whether an object is there.", times<Operation::object_head>},
    {"counter_increments", "", Group::operations, "counter increment",
     "operations.counter_increment", Better::lower, "Atomic increments of counters.",
     times<Operation::counter_increment>},
    {"counter_reads", "", Group::operations, "counter read", "operations.counter_read",
     Better::lower, "Reads of counters.", times<Operation::counter_read>},
    {"metadata_requests", "", Group::operations, "metadata request", "operations.metadata_request",
     Better::lower, "Other requests to the metadata store.", times<Operation::metadata_request>},
    {"messages_published", "", Group::operations, "publish", "operations.publish", Better::lower,
     "Messages published to subscribers.", times<Operation::publish>},
    {"queue_sends", "", Group::operations, "queue send", "operations.queue_send", Better::lower,
     "Messages sent to queues.", times<Operation::queue_send>},
    {"queue_receives", "", Group::operations, "queue receive", "operations.queue_receive",
     Better::lower, "Requests to a queue that brought messages.", times<Operation::queue_receive>},
    {"queue_receives_empty", "", Group::operations, "queue receive empty",
     "operations.queue_receive_empty", Better::lower, "Requests to a queue that brought none.",
     times<Operation::queue_receive_empty>},
    {"queue_deletes", "", Group::operations, "queue delete", "operations.queue_delete",
     Better::lower, "Messages removed from queues when they were done with.",
     times<Operation::queue_delete>},
    {"queue_extends", "", Group::operations, "queue extend", "operations.queue_extend",
     Better::lower, "Changes of a message's visibility timeout.", times<Operation::queue_extend>,
     "", InBaselines::no},
    {"queue_looks", "", Group::operations, "queue attributes", "operations.queue_attributes",
     Better::lower, "Requests for the number of a queue's messages.",
     times<Operation::queue_attributes>, "", InBaselines::no},
    {"invoke_calls", "", Group::operations, "invoke", "operations.invoke", Better::lower,
     "Calls of the invocation API, refused ones too.", times<Operation::invoke>, "",
     InBaselines::no},
    {"retries", "", Group::operations, "retry", "operations.retry", Better::lower,
     "Requests of any kind that were made again after a failure.", times<Operation::retry>},

    {"invoke_s", "s", Group::activities, "invoke", "time_s.invoke", Better::lower,
     "Executors' time in calls of the invocation API.", spent<Activity::invoke>},
    {"storage_io_s", "s", Group::activities, "storage io", "time_s.storage_io", Better::lower,
     "Executors' time in requests to stores.", spent<Activity::storage_io>},
    {"execute_s", "s", Group::activities, "execute", "time_s.execute", Better::lower,
     "Executors' time in tasks.", spent<Activity::execute>},
    {"serialize_s", "s", Group::activities, "serialize", "time_s.serialize", Better::lower,
     "Executors' time in putting objects into bytes and back.", spent<Activity::serialize>},
    {"publish_s", "s", Group::activities, "publish", "time_s.publish", Better::lower,
     "Executors' time in publishing messages.", spent<Activity::publish>},
};

}  // namespace

std::span<const Metric> metrics() { return kMetrics; }

}  // namespace wukong::result
