// Baselines of `wukong check`. What is accepted is written and read again, and is the same then.
#include "bench/check/baseline.h"
#include "test/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace wukong;
  fuzz::accepts([&] {
    const auto runs = bench::parse_baseline(fuzz::text_of(data, size), "baseline.json");
    const std::string text = bench::baseline_text(runs);
    const std::string again = bench::baseline_text(bench::parse_baseline(text, "again.json"));
    ENSURE(text == again, runs.size());
  });
  return 0;
}
