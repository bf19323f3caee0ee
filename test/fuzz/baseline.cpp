// Baselines of `wukong check`. What is accepted is written and read again, and is the same then.
#include "bench/check/baseline.h"
#include "test/fuzz/fuzz.h"

namespace wukong::fuzz {

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  accepts([&] {
    const auto baseline = check::parse_baseline(text_of(data, size), "baseline.json");
    const std::string text = check::baseline_text(baseline);
    const std::string again = check::baseline_text(check::parse_baseline(text, "again.json"));
    ENSURE(text == again, baseline.runs.size());
  });
  return 0;
}

}  // namespace wukong::fuzz
