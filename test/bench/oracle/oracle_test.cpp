// The oracle on records of real runs: it agrees with the models, and a record or a result that is
// changed in one place is noticed, for each thing that it calculates.
#include "bench/oracle/oracle.h"

#include <algorithm>
#include <functional>

#include "bench/oracle/record.h"
#include "bench/run/run_result.h"
#include "bench/simulation/run.h"
#include "sim/accounting/ledger.h"
#include "sim/faults/fault_spec.h"
#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/policy_run.h"

namespace wukong::oracle {
namespace {

using accounting::CostItem;
using engine::TraceKind;
using engine::TraceRecord;
using functions::StartAttempt;
using functions::StartOutcome;

struct Told {
  test::PolicySetup policy;
  RunRecord record;
  run::RunResult result;

  std::vector<std::string> differences() const {
    return oracle::differences(record, policy.platform, result, true);
  }
  bool says(const std::string& part) const {
    for (const std::string& sentence : differences())
      if (sentence.find(part) != std::string::npos) return true;
    return false;
  }
  // The first event of a kind that `fits`.
  template <class Kind>
  std::pair<Event*, Kind*> find(const std::function<bool(const Kind&)>& fits) {
    for (Event& event : record.events)
      if (Kind* const what = std::get_if<Kind>(&event.what); what != nullptr && fits(*what))
        return {&event, what};
    FAIL("there is no such event");
    return {};
  }
  template <class Kind>
  std::pair<Event*, Kind*> find() {
    return find<Kind>([](const Kind&) { return true; });
  }
  // The answer to the first call of a kind.
  std::pair<Event*, Answered*> answer(Request request) {
    const auto [asking, asked] =
        find<Asked>([request](const Asked& call) { return call.request == request; });
    const uint32_t call = asked->call;
    return find<Answered>([call](const Answered& answered) { return answered.call == call; });
  }
};

Told run_of(const std::string& system, const std::string& platform = "aws-2020") {
  const dag::Dag dag =
      test::dag_from_text("a -> c; b -> c; c -> d; c -> e; c -> f; d -> g; e -> g; f -> g",
                          {.object_size = Bytes(300'000), .input_size = Bytes(2'000'000)});
  Told told{test::make_policy(system, platform), {}, {}};
  told.result = simulation::run_once(told.policy.platform, told.policy.system, "test", dag,
                                     {.check = true, .record = &told.record});
  return told;
}

const char* const kS3 = "{wukong: {store: s3}}";
const char* const kNumpywren = "{numpywren: {workers: 2}}";

TEST_CASE("the oracle agrees with every system", "[oracle]") {
  for (const std::string& system : test::every_system()) {
    INFO(system);
    const Told told = run_of(system);
    CHECK(told.record.whole);
    CHECK(told.record.events.size() > 10);
    CHECK(told.differences() == std::vector<std::string>());
    CHECK(told.result.completed);
  }
}

TEST_CASE("a bill that is off by the least amount is noticed, for each of its items", "[oracle]") {
  for (size_t i = 0; i < accounting::kCostItems; ++i) {
    Told told = run_of(kNumpywren);
    told.result.cost.charge(static_cast<CostItem>(i), Money::pico_usd(1));
    CHECK(told.says(std::string(accounting::kCostItemNames[i]) + " cost"));
  }
}

TEST_CASE("an execution that is billed for another time is noticed", "[oracle]") {
  Told told = run_of("wukong");
  const auto [event, record] = told.find<TraceRecord>(
      [](const TraceRecord& one) { return one.kind == TraceKind::finished; });
  record->value += 1'000'000;
  CHECK(told.says("is billed for"));
}

TEST_CASE("bytes and operations that are not those of the calls are noticed", "[oracle]") {
  Told told = run_of("wukong");
  told.result.usage.read += Bytes(1);
  told.result.usage.count(accounting::Operation::object_get);
  CHECK(told.says("B were read"));
  CHECK(told.says("of object_get"));
}

TEST_CASE("a machine that is billed and was never there is noticed", "[oracle]") {
  Told told = run_of("wukong");
  // Some machines of a type may be there that somebody else pays for.
  for (int i = 0; i < 20; ++i) told.record.rentals.push_back(Rental(told.record.rentals.front()));
  CHECK(told.says("more machines"));
  CHECK(told.says("machines cost"));
}

TEST_CASE("a cold start where an environment is idle is noticed", "[oracle]") {
  Told told = run_of("wukong", test::kWarm);
  const auto [event, attempt] = told.find<StartAttempt>(
      [](const StartAttempt& one) { return one.outcome == StartOutcome::warm; });
  attempt->outcome = StartOutcome::cold;
  CHECK(told.says("cold, and not warm"));
}

TEST_CASE("an environment out of its turn, or given to two, is noticed", "[oracle]") {
  Told told =
      run_of("wukong", "{preset: aws-2020, functions: {warm_pool: {prewarmed: 2, reuse: newest}}}");
  std::vector<StartAttempt*> attempts;
  for (Event& event : told.record.events)
    if (StartAttempt* const attempt = std::get_if<StartAttempt>(&event.what))
      attempts.push_back(attempt);
  REQUIRE(attempts.size() >= 2);
  attempts[1]->host = attempts[0]->host;
  CHECK(told.says("environment"));
}

TEST_CASE("a handler that starts too early is noticed", "[oracle]") {
  Told told = run_of("wukong");
  const auto [event, record] =
      told.find<TraceRecord>([](const TraceRecord& one) { return one.kind == TraceKind::started; });
  event->time = event->time - Duration::nanoseconds(1);
  CHECK(told.says("starts at"));
}

TEST_CASE("an environment that outlives its keep-alive, or dies before, is noticed", "[oracle]") {
  const std::string short_lived =
      "{preset: aws-2020, functions: {warm_pool: {eviction: fixed, keep_alive_s: 0.001, "
      "eviction_granularity_s: 0}}}";
  {
    Told told = run_of("pywren", short_lived);
    const auto [event, evicted] = told.find<Evicted>();
    event->time = event->time - Duration::nanoseconds(1);
    CHECK(told.says("is evicted at"));
  }
  Told told = run_of("pywren", short_lived);
  std::erase_if(told.record.events,
                [](const Event& event) { return std::holds_alternative<Evicted>(event.what); });
  CHECK(told.says("was to be evicted"));
}

TEST_CASE("an API that takes a call beyond its rate, or refuses one within it, is noticed",
          "[oracle]") {
  Told told = run_of("wukong");
  const auto [event, called] = told.find<Called>();
  called->answer = functions::ApiAnswer::beyond_rate;
  CHECK(told.says("the API refuses"));
}

TEST_CASE("a try that comes at another time than it should is noticed", "[oracle]") {
  Told told =
      run_of("{wukong: {invokers: 0}}", "{preset: aws-2020, functions: {account_concurrency: 1}}");
  const auto [event, attempt] = told.find<StartAttempt>(
      [](const StartAttempt& one) { return one.outcome == StartOutcome::full; });
  const InvocationId throttled = attempt->invocation;
  for (Event& one : told.record.events) {
    StartAttempt* const later = std::get_if<StartAttempt>(&one.what);
    if (later == nullptr || later->invocation != throttled || one.time == event->time) continue;
    one.time += Duration::nanoseconds(1);
    break;
  }
  CHECK(told.says("is tried at"));
}

TEST_CASE("a concurrency beyond the limit is noticed", "[oracle]") {
  Told told = run_of("wukong");
  told.policy.platform.functions.account_concurrency = 1;
  CHECK(told.says("concurrency is used up"));
}

TEST_CASE("a task that takes another time is noticed, in a function and on a machine", "[oracle]") {
  for (const char* const system : {"wukong", "dask-laptop"}) {
    Told told = run_of(system);
    const auto [event, answered] = told.answer(Request::execute);
    event->time += Duration::nanoseconds(10);
    CHECK(told.says("ends at"));
  }
}

TEST_CASE("a server of Redis that answers out of its turn is noticed", "[oracle]") {
  for (const Request request : {Request::count, Request::put, Request::get}) {
    Told told = run_of("wukong");
    const auto [event, answered] = told.answer(request);
    event->time += Duration::nanoseconds(1);
    CHECK(told.says("of Redis is answered at"));
  }
}

TEST_CASE("round trips to Redis from another distribution are noticed", "[oracle]") {
  {
    Told told = run_of("wukong");
    told.policy.platform.redis.round_trip = Duration::microseconds(2000);
    CHECK(told.says("a round trip to Redis takes longer or shorter"));
  }
  Told told = run_of("wukong");
  told.policy.platform.redis.round_trip_sigma = 0;
  CHECK(told.says("a round trip to Redis takes another time than it always does"));
}

TEST_CASE("a transfer of other bytes, or over another link, is noticed", "[oracle]") {
  {
    Told told = run_of("wukong");
    const uint32_t process =
        told.find<Asked>([](const Asked& call) { return call.request == Request::put; })
            .second->process;
    const auto [event, asked] =
        told.find<FlowAsked>([process](const FlowAsked& one) { return one.process == process; });
    asked->demand.amount = fluid::Amount(asked->demand.amount.count() + 1);
    CHECK(told.says("of Redis moves"));
  }
  Told told = run_of(kS3);
  const auto [event, asked] = told.find<FlowAsked>([&](const FlowAsked& one) {
    return one.demand.cap.count() == told.policy.platform.s3.connection_bandwidth.count();
  });
  asked->demand.cap = fluid::Rate::unlimited();
  CHECK(told.says("a request to S3 moves other bytes"));
}

TEST_CASE("S3 that turns a client away within its rate is noticed", "[oracle]") {
  Told told = run_of(kS3);
  told.policy.platform.s3.reads_per_second = 0;
  CHECK(told.says("S3"));
  told = run_of(kS3);
  told.result.usage.turned_away += 1;
  CHECK(told.says("S3 turns away"));
}

TEST_CASE("a message out of its turn, or with an old lease, is noticed", "[oracle]") {
  {
    Told told = run_of(kNumpywren);
    const auto [event, answered] =
        told.find<Answered>([](const Answered& one) { return one.message.has_value(); });
    ++answered->message->receipt;
    CHECK(told.says("a receiver gets message"));
  }
  Told told = run_of(kNumpywren);
  for (Event& one : told.record.events)
    if (Asked* const call = std::get_if<Asked>(&one.what); call != nullptr)
      if (call->request == Request::receive) call->timeout = Duration::zero();
  CHECK(told.says("is still leased"));
}

TEST_CASE("a run that is too long is not calculated again, and its record says so", "[oracle]") {
  std::string edges = "a";
  for (int i = 0; i < 9'000; ++i) edges += "; t" + std::to_string(i);
  const dag::Dag dag = test::dag_from_text(edges);
  Told told{test::make_policy("wukong"), {}, {}};
  told.result = simulation::run_once(told.policy.platform, told.policy.system, "test", dag,
                                     {.check = true, .record = &told.record});
  CHECK_FALSE(told.record.whole);
  CHECK(told.result.completed);
}

TEST_CASE("being recorded changes nothing in a run", "[oracle]") {
  for (const char* const system : {"wukong", kNumpywren, "dask-laptop"}) {
    const dag::Dag dag = test::dag_from_text("a -> c; b -> c; c -> d");
    const test::PolicySetup policy = test::make_policy(system);
    const auto run = [&](bool check) {
      return simulation::run_once(policy.platform, policy.system, "test", dag, {.check = check});
    };
    CHECK(run(true).trace_hash == run(false).trace_hash);
  }
}

}  // namespace
}  // namespace wukong::oracle
