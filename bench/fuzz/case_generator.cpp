#include "bench/fuzz/case_generator.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>

#include "bench/fuzz/option_catalog.h"
#include "bench/fuzz_options/option_draw.h"
#include "sim/base/random.h"

namespace wukong::fuzz {
namespace {

class Generator {
 public:
  Generator(const OptionCatalog& options, uint64_t seed, uint64_t index)
      : options_(options),
        random_(seed, "fuzz", index),
        more_(seed, "fuzz options", index),
        last_(seed, "fuzz functions", index) {}

  FuzzCase make(const std::vector<std::string>& workflows) {
    FuzzCase made;
    made.seed = random_.below(1'000'000'000);
    choose_workload(made, workflows);
    choose_platform(made);
    choose_system(made);
    choose_faults(made);
    choose_threads(made);
    choose_time_limit_rule(made);
    choose_claims(made);
    choose_size(made);
    choose_options(made);
    choose_emulation(made);
    choose_functions(made);
    return made;
  }

 private:
  bool chance(double probability) { return random_.chance(probability); }
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return *(values.begin() + random_.below(values.size()));
  }
  void maybe(FuzzSettings& settings, double probability, const char* key,
             std::initializer_list<const char*> values) {
    if (chance(probability)) settings.emplace_back(key, one_of(values));
  }

  void choose_workload(FuzzCase& made, const std::vector<std::string>& workflows);
  void choose_tasks(FuzzCase& made);
  std::string generator();
  void choose_platform(FuzzCase& made);
  void choose_system(FuzzCase& made);
  void choose_wukong(FuzzSettings& settings);
  void choose_faults(FuzzCase& made);
  void choose_threads(FuzzCase& made);
  void choose_time_limit_rule(FuzzCase& made);
  void choose_claims(FuzzCase& made);
  void choose_size(FuzzCase& made);
  void choose_options(FuzzCase& made);
  void choose_emulation(FuzzCase& made);
  void choose_functions(FuzzCase& made);

  const OptionCatalog& options_;
  RandomStream random_;
  RandomStream more_;  // of what came later, so that cases without it are what they were
  RandomStream last_;  // and after that
};

void Generator::choose_workload(FuzzCase& made, const std::vector<std::string>& workflows) {
  if (!workflows.empty() && chance(0.1))
    made.workload = fmt::format("{{wfformat: \"{}\"}}", workflows[random_.below(workflows.size())]);
  else if (chance(0.2))
    made.workload = generator();
  else
    choose_tasks(made);
}

std::string Generator::generator() {
  switch (random_.below(7)) {
    case 0:
      return fmt::format("{{tree_reduction: {{elements: {}}}}}", 2 << random_.below(5));
    case 1:
      return fmt::format("{{tsqr: {{rows: {}, columns: 128}}}}", 16384 * (1 + random_.below(12)));
    case 2:
      return fmt::format("{{gemm: {{n: {}}}}}", 1000 * (1 + random_.below(4)));
    case 3:
      return fmt::format("{{cholesky: {{n: {0}, block: 1000}}}}", 1000 * (1 + random_.below(4)));
    case 4:
      return fmt::format("{{svc: {{samples: {}}}}}", 100'000 * (1 + random_.below(4)));
    case 5:
      return fmt::format("{{noop: {{tasks: {}, lambdas: {}, delay_ms: 100}}}}",
                         20 + random_.below(20), 1 + random_.below(20));
    default:
      return fmt::format(
          "{{layered: {{depth: {}, width: {}, fan_in: 2, object_kb: {}, seed: {}}}}}",
          1 + random_.below(5), 2 + random_.below(8), one_of({1, 1000, 250'000}),
          random_.below(1000));
  }
}

void Generator::choose_tasks(FuzzCase& made) {
  const size_t most = one_of<size_t>({4, 8, 8, 16, 40});
  const size_t count = 1 + random_.below(most);
  const size_t reach = 1 + random_.below(count);
  const bool large = chance(0.4);
  for (size_t task = 0; task < count; ++task) {
    FuzzTask next;
    const size_t predecessors = random_.below(4);
    for (size_t i = 0; i < predecessors && task > 0; ++i) {
      const size_t before = task - 1 - random_.below(std::min(reach, task));
      if (std::find(next.predecessors.begin(), next.predecessors.end(), before) ==
          next.predecessors.end())
        next.predecessors.push_back(before);
    }
    next.bytes = large ? one_of({0., 1e3, 3e5, 2e7, 2.1e8, 4e8}) : one_of({0., 1e3, 1e3, 3e5, 2e6});
    next.seconds = one_of({0., 0.01, 0.1, 0.1, 0.5, 2., 5.});
    made.tasks.push_back(next);
  }
  if (chance(0.5)) made.input_bytes = one_of({1e3, 3e5, 3e7});
  made.objects = !chance(0.1);
}

void Generator::choose_platform(FuzzCase& made) {
  made.platform = one_of({"aws-2020", "aws-2020", "aws-2024", "socc20"});
  FuzzSettings& settings = made.platform_settings;
  maybe(settings, 0.2, "functions.account_concurrency", {"1", "2", "3", "10"});
  maybe(settings, 0.2, "functions.time_limit_s", {"3", "10", "30"});
  maybe(settings, 0.6, "functions.async_events.retry_waits_s", {"[0.1, 0.2]", "[1, 2]"});
  maybe(settings, 0.1, "functions.async_events.retry_waits_s", {"[]"});
  maybe(settings, 0.1, "functions.scaling.burst", {"1", "2", "5"});
  maybe(settings, 0.2, "functions.warm_pool.prewarmed", {"0", "1", "100"});
  maybe(settings, 0.1, "functions.warm_pool.keep_alive_s", {"0.1", "1"});
  maybe(settings, 0.1, "functions.memory_mb", {"1024", "2048"});
  maybe(settings, 0.1, "redis.command_time_us", {"1", "1000"});
  maybe(settings, 0.1, "s3.latency_sigma", {"0", "1.5"});
  // A key twice would be an error.
  FuzzSettings once;
  for (const auto& setting : settings)
    if (std::none_of(once.begin(), once.end(),
                     [&](const auto& other) { return other.first == setting.first; }))
      once.push_back(setting);
  settings = once;
}

void Generator::choose_wukong(FuzzSettings& settings) {
  settings.emplace_back("bit_counters", chance(0.7) ? "true" : "false");
  for (const char* name :
       {"clustering_fan_out", "clustering_fan_in", "delayed_io", "become_first_only"})
    maybe(settings, 0.5, name, {"true", "false"});
  maybe(settings, 0.5, "proxy_threshold", {"2", "3", "5"});
  maybe(settings, 0.2, "inline_argument_limit_bytes", {"0", "2000"});
  maybe(settings, 0.2, "inline_arguments", {"true", "false"});
  maybe(settings, 0.3, "delayed_io_tries", {"1", "2"});
  maybe(settings, 0.3, "delayed_io_step_s", {"0.05", "0.2", "1"});
  maybe(settings, 0.2, "invoker_function_threshold", {"0", "1", "3"});
  maybe(settings, 0.1, "large_object_threshold_mb", {"0.001", "1"});
  maybe(settings, 0.1, "invokers", {"0", "1"});
  maybe(settings, 0.2, "store", {"s3", "redis-1", "redis-10"});
}

// Drawn last, too.
void Generator::choose_time_limit_rule(FuzzCase& made) {
  if (made.system.starts_with("wukong"))
    maybe(made.system_settings, 0.2, "stay_within_time_limit", {"true"});
}

// And after that.
void Generator::choose_claims(FuzzCase& made) {
  if (made.system.starts_with("wukong")) maybe(made.system_settings, 0.6, "claim_tasks", {"true"});
}

void Generator::choose_system(FuzzCase& made) {
  made.system =
      one_of({"wukong", "wukong", "wukong", "wukong", "wukong-tree", "wukong-pdsw19", "numpywren",
              "numpywren", "pywren", "lithops", "strawman", "pubsub", "parallel-invoker",
              "dask-125", "dask-laptop", "dask-pdsw19", "dask-threads"});
  FuzzSettings& settings = made.system_settings;
  if (made.system.starts_with("wukong")) choose_wukong(settings);
  if (made.system == "numpywren") {
    // Its workers live long, and poll: a hanging one is to end while there is time.
    std::erase_if(made.platform_settings,
                  [](const auto& setting) { return setting.first == "functions.time_limit_s"; });
    made.platform_settings.emplace_back("functions.time_limit_s", "90");
    made.horizon_s = 7200;
    settings.emplace_back("workers", one_of({"1", "2", "4"}));
    maybe(settings, 0.5, "pipeline_width", {"1", "2", "3"});
    maybe(settings, 0.3, "store", {"redis-1", "s3"});
    maybe(settings, 0.3, "scaling", {"constant_timeout", "dynamic", "scale_factor"});
    settings.emplace_back("worker_timeout_s", one_of({"20", "60"}));
    maybe(settings, 0.3, "receive_visibility_s", {"2", "10"});
    if (chance(0.3)) made.system = "numpywren-redis";
  }
  if (made.system == "pywren" || made.system == "lithops")
    maybe(settings, 0.3, "chains_in_one_call", {"true", "false"});
  if (made.system == "pubsub" || made.system == "strawman" || made.system == "parallel-invoker")
    maybe(settings, 0.3, "in_flight_limit", {"1", "3"});
}

void Generator::choose_faults(FuzzCase& made) {
  if (chance(0.2)) return;
  const double on = one_of({0.1, 0.2, 0.5});
  for (const std::string_view kind : faults::kFaultKindNames)
    if (chance(on))
      made.faults.emplace_back(kind, one_of({"0.002", "0.01", "0.01", "0.03", "0.1"}));
  if (made.faults.empty()) return;
  maybe(made.faults, 0.3, "most", {"1", "2", "3"});
  maybe(made.faults, 0.3, "longest_delay_s", {"0.02", "0.2", "10"});
  maybe(made.faults, 0.3, "crash_within_s", {"0.01", "5"});
  maybe(made.faults, 0.3, "outage_s", {"0.5", "30"});
}

// As recorded workflows have them. Drawn last, so that cases without threads are what they were.
void Generator::choose_threads(FuzzCase& made) {
  if (!chance(0.1)) return;
  made.recorded = true;
  for (FuzzTask& task : made.tasks) task.threads = one_of({1., 1., 2., 16.});
}

// Most bugs need few tasks; some need more than a buffer, a pool or a limit holds.
void Generator::choose_size(FuzzCase& made) {
  if (!more_.chance(0.01)) return;
  const size_t tasks = size_t{100} << more_.below(5);  // and up to a quarter more
  const size_t width = 1 + more_.below(tasks / 4);
  made.tasks.clear();
  switch (more_.below(3)) {
    case 0:
      made.workload = fmt::format("{{tree_reduction: {{elements: {}}}}}", 128 << more_.below(5));
      break;
    case 1:
      made.workload = fmt::format("{{noop: {{tasks: {}, lambdas: {}, delay_ms: 100}}}}", tasks,
                                  1 + more_.below(tasks));
      break;
    default:
      made.workload = fmt::format(
          "{{layered: {{depth: {}, width: {}, fan_in: {}, object_kb: {}, seed: {}}}}}",
          std::max<size_t>(1, tasks / width), width, 1 + more_.below(std::min<size_t>(3, width)),
          more_.chance(0.5) ? 1 : 1000, more_.below(1000));
  }
}

// A few of all that there are; many at once would leave no run that ends.
void Generator::choose_options(FuzzCase& made) {
  if (more_.chance(0.02)) {  // a bound, which runs nothing: it has options all the same
    made.system = "ideal";
    made.system_settings.clear();
  }
  if (more_.chance(0.3)) return;
  constexpr size_t kCounts[] = {1, 1, 2, 2, 3, 5};
  const size_t count = kCounts[more_.below(std::size(kCounts))];
  const size_t of_system = more_.below(count + 1);
  const std::vector<Option>& platform = options_.platform(made.platform);
  const std::vector<Option>& system = options_.system(made.system);
  std::vector<std::string> texts;
  for (const auto* const options : {&platform, &system})
    for (const Option& option : *options)
      if (!option.text.empty()) texts.push_back(option.text);
  bool extreme = fuzz_options::draw_options(system, texts, of_system, more_, made.system_settings);
  extreme |=
      fuzz_options::draw_options(platform, texts, count - of_system, more_, made.platform_settings);
  // Less than a run with one task may take: so it need not end.
  if (extreme) made.horizon_s = 100;
}

// Few, as they pass in real time; and small.
void Generator::choose_emulation(FuzzCase& made) {
  constexpr size_t kMostTasks = 8;
  if (!more_.chance(0.005) || made.tasks.empty() || made.tasks.size() > kMostTasks) return;
  constexpr int kSpeeds[] = {10, 50, 200};
  made.emulation = fmt::format("speed: {}, workers: 2", kSpeeds[more_.below(std::size(kSpeeds))]);
  made.faults.clear();
  made.recorded = false;
  // Objects are real, and sleeps short.
  for (FuzzTask& task : made.tasks) {
    task.bytes = std::min(task.bytes, 3e5);
    task.seconds = std::min(task.seconds, 2.);
    task.threads = 1;
  }
  made.input_bytes = std::min(made.input_bytes, 3e5);
  made.horizon_s = std::min<int64_t>(made.horizon_s, 100);
}

// How environments are kept, and what is kept for a function.
void Generator::choose_functions(FuzzCase& made) {
  const auto draw = [this, &made](double probability, const std::string& key,
                                  std::initializer_list<const char*> values) {
    const size_t which = last_.below(values.size());
    if (last_.chance(probability) && fuzz_options::is_free(made.platform_settings, key))
      made.platform_settings.emplace_back(key, values.begin()[which]);
  };
  const std::string pool = "functions.warm_pool.";
  if (last_.chance(0.3)) {
    draw(1, pool + "eviction",
         {"fixed", "halving", "none", "hybrid_histogram", "hybrid_histogram", "greedy_dual",
          "landlord", "frequency", "least_recently_used"});
    draw(0.6, pool + "hybrid_histogram.bin_s", {"0.01", "0.1", "1"});
    draw(0.2, pool + "hybrid_histogram.bins", {"1", "10"});
    draw(0.3, pool + "halving_interval_s", {"0.1", "2"});
    draw(0.4, pool + "memory_limit_mb", {"3008", "7000", "20000", "100000"});
  }
  draw(0.05, "functions.reserved_concurrency", {"0", "1", "3", "100"});
  draw(0.05, "functions.provisioned.concurrency", {"1", "2", "10"});
  draw(0.1, "functions.provisioned.ready_after_s", {"0", "0.1", "3"});
  draw(0.1, "functions.unreserved_concurrency_least", {"0"});
}

}  // namespace

FuzzCase random_case(const OptionCatalog& options, uint64_t seed, uint64_t index,
                     const std::vector<std::string>& workflows) {
  return Generator(options, seed, index).make(workflows);
}

}  // namespace wukong::fuzz
