// The function service under faults that a test dictates.
#include "sim/functions/invocation_faults.h"

#include "sim/functions/environment.h"
#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::functions {
namespace {

class Dictated final : public InvocationFaults {
 public:
  engine::Task<> before_call(HostId) override { co_return; }
  engine::Task<> after_call(HostId) override { co_return; }
  bool strikes(InvocationFault fault) override {
    switch (fault) {
      case InvocationFault::throttled_call:
        return throttled_calls-- > 0;
      case InvocationFault::throttled_start:
        return throttled_starts-- > 0;
      case InvocationFault::lost_event:
        return lost-- > 0;
      case InvocationFault::duplicate_event:
        return doubled-- > 0;
    }
    return false;
  }
  void begins(HostId host, InvocationId) override { running.push_back(host); }
  void ends(HostId host) override { std::erase(running, host); }

  int throttled_calls = 0;
  int throttled_starts = 0;
  int lost = 0;
  int doubled = 0;
  std::vector<HostId> running;
};

struct FaultyRig : test::LambdaRig {
  FaultyRig() : test::LambdaRig(test::aws_2020_functions()) { service.inject(&faults); }
  ~FaultyRig() { engine.clear(); }
  Dictated faults;
};

engine::Task<> crash_at(test::LambdaRig& rig, Dictated& faults, Duration time) {
  co_await rig.engine.sleep(time);
  rig.service.crash(faults.running.at(0));
}

TEST_CASE("a function that crashes is billed until then and runs again after the first wait",
          "[faults]") {
  FaultyRig rig;
  const FunctionId function = rig.function();
  rig.invoke_async_at(Duration::zero(), function, Duration::seconds(10));
  rig.engine.spawn(crash_at(rig, rig.faults, Duration::seconds(3)), "crash");
  rig.engine.run();
  // Cold start 0.1 s; crash at 3 s; again at 3 + 60 s, cold, for 10 s: 73.1 s.
  CHECK(rig.trace.seconds_of(engine::TraceKind::failed) == std::vector<double>{3});
  REQUIRE(rig.trace.of(engine::TraceKind::finished).size() == 1);
  CHECK(rig.trace.seconds_of(engine::TraceKind::finished)[0] == Approx(73.1));
  // 2.9 s and 10 s, in units of 100 ms.
  CHECK(rig.lambda.statistics().billed_time == Duration::milliseconds(2900 + 10'000));
  CHECK(rig.lambda.statistics().retries == 1);
  CHECK(rig.lambda.unfinished() == 0);
  CHECK(rig.faults.running.empty());
}

TEST_CASE("a synchronous caller hears of a crash", "[faults]") {
  FaultyRig rig;
  const FunctionId function = rig.function();
  rig.invoke_sync_at(Duration::zero(), function, Duration::seconds(10));
  rig.engine.spawn(crash_at(rig, rig.faults, Duration::seconds(3)), "crash");
  rig.engine.run();
  REQUIRE(rig.answers.size() == 1);
  CHECK(rig.answers[0].reply == InvokeReply::failed);
  CHECK(rig.answers[0].time == Duration::seconds(3));
}

TEST_CASE("an event that is delivered twice runs twice, each with retries of its own", "[faults]") {
  FaultyRig rig;
  rig.faults.doubled = 1;
  const FunctionId function = rig.function();
  int runs = 0;
  const auto client = [&]() -> Handler {
    return [&rig, &runs](Environment&) {
      ++runs;
      return test::run_for(rig.engine, Duration::seconds(1));
    };
  };
  const auto invoke = [](test::LambdaRig& service, FunctionId id,
                         Handler handler) -> engine::Task<> {
    co_await service.lambda.invoke_async(service.client_host, id, Bytes(0), std::move(handler));
  };
  rig.engine.spawn(invoke(rig, function, client()), "client");
  rig.engine.spawn(crash_at(rig, rig.faults, Duration::milliseconds(500)), "crash");
  rig.engine.run();
  CHECK(runs == 3);  // one of the two crashed
  CHECK(rig.trace.of(engine::TraceKind::finished).size() == 2);
  CHECK(rig.trace.of(engine::TraceKind::invoked).size() == 2);
  CHECK(rig.lambda.unfinished() == 0);
}

TEST_CASE("a lost event starts when its first retry would", "[faults]") {
  FaultyRig rig;
  rig.faults.lost = 1;
  const FunctionId function = rig.function();
  rig.invoke_async_at(Duration::zero(), function, Duration::seconds(1));
  rig.engine.run();
  CHECK(rig.trace.seconds_of(engine::TraceKind::finished) == std::vector<double>{60 + 0.1 + 1});
  CHECK(rig.lambda.statistics().retries == 0);
}

TEST_CASE("a throttled call waits for the client's back-off, a throttled event for the service's",
          "[faults]") {
  FaultyRig rig;
  const FunctionId function = rig.function();
  SECTION("call: 1 s") { rig.faults.throttled_calls = 1; }
  SECTION("event: 1 s") { rig.faults.throttled_starts = 1; }
  rig.invoke_async_at(Duration::zero(), function, Duration::seconds(1));
  rig.engine.run();
  CHECK(rig.trace.seconds_of(engine::TraceKind::finished) == std::vector<double>{1 + 0.1 + 1});
  CHECK(rig.lambda.statistics().throttles == 1);
}

TEST_CASE("a call that is throttled too often is refused, and counted", "[faults]") {
  FaultyRig rig;
  const FunctionId function = rig.function();
  rig.faults.throttled_calls = 5;
  rig.invoke_async_at(Duration::zero(), function, Duration::seconds(1));
  rig.engine.run();
  CHECK(rig.answered(InvokeReply::throttled) == 1);
  CHECK(rig.lambda.statistics().refused == 1);
}

}  // namespace
}  // namespace wukong::functions
