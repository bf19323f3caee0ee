#include "sim/functions/lambda_billing.h"

#include "test/catch.h"
#include "test/sim/platform/lambda_rig.h"

namespace wukong::functions {
namespace {

using literals::operator""_s;
using literals::operator""_ms;
using literals::operator""_us;
using literals::operator""_ns;

// In units of 1e-12 dollars: 16,666,700 per GB-s.
int64_t price(const LambdaSpec& spec, int64_t memory_mb, Duration run) {
  const LambdaBilling billing(spec.billing, memory_mb);
  return billing.time_price(billing.billed_time(Duration::zero(), run)).count_pico_usd();
}

TEST_CASE("until November 2020 time is billed in units of 100 ms, rounded up") {
  const LambdaSpec spec = test::aws_2020_functions();
  // 128 MB: 16,666,700 x 128 / 1024 x 0.1 s = 208,333.75, rounded up
  CHECK(price(spec, 128, 1_ms) == 208'334);
  CHECK(price(spec, 128, 100_ms) == 208'334);
  // two units: 416,667.5
  CHECK(price(spec, 128, 100_ms + 1_ns) == 416'668);
  // 3008 MB: 16,666,700 x 2.9375 x 0.1 s = 4,895,843.125
  CHECK(price(spec, 3008, 1_ms) == 4'895'844);
  CHECK(price(spec, 3008, 100_ms) == 4'895'844);
  CHECK(price(spec, 3008, 100_ms + 1_ns) == 9'791'687);
}

TEST_CASE("since December 2020 time is billed in units of 1 ms, rounded up") {
  const LambdaSpec spec = test::aws_2024_functions();
  // 128 MB: 16,666,700 x 0.125 x 0.001 s = 2,083.3375
  CHECK(price(spec, 128, 1_ms) == 2'084);
  CHECK(price(spec, 128, 100_ms) == 208'334);
  // 101 ms: 210,417.0875
  CHECK(price(spec, 128, 100_ms + 1_ns) == 210'418);
  // 3008 MB: 16,666,700 x 2.9375 x 0.001 s = 48,958.43125
  CHECK(price(spec, 3008, 1_ms) == 48'959);
  CHECK(price(spec, 3008, 100_ms) == 4'895'844);
  CHECK(price(spec, 3008, 100_ms + 1_ns) == 4'944'802);
}

TEST_CASE("an execution that takes no time costs one unit") {
  const LambdaSpec spec = test::aws_2024_functions();
  CHECK(LambdaBilling(spec.billing, 128).billed_time(Duration::zero(), Duration::zero()) == 1_ms);
}

TEST_CASE("a million requests cost 20 cents, and an hour of 1 GB 6 cents") {
  const LambdaSpec spec = test::aws_2024_functions();
  CHECK((LambdaBilling(spec.billing, 1024).request_price() * 1'000'000).to_usd() == Approx(0.20));
  // 3600 s x 0.0000166667 = 0.06000012
  CHECK(price(spec, 1024, 3600_s) == 60'000'120'000);
}

TEST_CASE("the time of a cold start is billed only where the preset says so") {
  LambdaSpec spec = test::aws_2024_functions();
  CHECK(LambdaBilling(spec.billing, 1024).billed_time(88_ms, 10_ms) == 10_ms);
  spec.billing.initialization = true;
  CHECK(LambdaBilling(spec.billing, 1024).billed_time(88_ms + 500_us, 10_ms) == 99_ms);
}

TEST_CASE("the ledger and the statistics hold each execution's bill") {
  test::LambdaRig rig(test::aws_2020_functions());
  const FunctionId function = rig.function(420_s, 3008);
  rig.invoke_async_at(0_s, function, 250_ms);
  rig.invoke_async_at(10_s, function, 100_ms);
  rig.engine.run();
  // 300 ms + 100 ms at 3008 MB, each rounded up
  CHECK(rig.ledger.of(accounting::CostItem::functions).count_pico_usd() == 14'687'530 + 4'895'844);
  // two requests
  CHECK(rig.ledger.of(accounting::CostItem::requests).count_pico_usd() == 2 * 200'000);
  const LambdaStatistics& statistics = rig.lambda.statistics();
  CHECK(statistics.billed_time == 400_ms);
  CHECK(statistics.busy_time == 350_ms);
  CHECK(statistics.billed_gb_s == Approx(0.4 * 2.9375));
  // 3008 / 1792 vCPUs for 0.35 s
  CHECK(statistics.vcpu_s == Approx(0.35 * 3008 / 1792));
  CHECK(statistics.whole_vcpu_s == Approx(0.35 * 2));
}

}  // namespace
}  // namespace wukong::functions
