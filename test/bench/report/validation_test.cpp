#include "bench/report/validation.h"

#include "bench/run/run_result.h"
#include "bench/simulation/emulate.h"
#include "test/catch.h"

namespace wukong::report {
namespace {

simulation::Prediction prediction(int64_t predicted_ms, int64_t measured_ms,
                                  bool completed = true) {
  simulation::Prediction made;
  made.predicted.makespan = Duration::milliseconds(predicted_ms);
  made.predicted.completed = true;
  made.measured.result.makespan = Duration::milliseconds(measured_ms);
  made.measured.result.completed = completed;
  made.measured.result.workload = "gemm";
  made.measured.result.system = "wukong";
  made.measured.result.failure = completed ? "" : "no luck";
  return made;
}

TEST_CASE("the accuracy of predictions is the median and the largest error", "[validate]") {
  // Errors -10 %, +5 %, +20 %: in size 5, 10, 20.
  const Accuracy accuracy =
      accuracy_of({prediction(90, 100), prediction(105, 100), prediction(120, 100)});
  CHECK(accuracy.runs == 3);
  CHECK(accuracy.median == Approx(0.10));
  CHECK(accuracy.largest == Approx(0.20));
  // Of two, the mean of both.
  CHECK(accuracy_of({prediction(90, 100), prediction(120, 100)}).median == Approx(0.15));
}

TEST_CASE("predictions are good up to a median of 10 % and a largest error of 25 %", "[validate]") {
  CHECK(Accuracy{1, 0.10, 0.25}.good());
  CHECK_FALSE(Accuracy{1, 0.11, 0.20}.good());
  CHECK_FALSE(Accuracy{1, 0.01, 0.26}.good());
}

TEST_CASE("a run that failed is no error of its prediction, and is named", "[validate]") {
  const std::vector<simulation::Prediction> some{prediction(100, 100),
                                                 prediction(1, 100, /*completed=*/false)};
  CHECK(accuracy_of(some).runs == 1);
  CHECK(accuracy_of(some).largest == 0);
  const std::string report = validation_report(some);
  CHECK(report.find("gemm, wukong, seed 0: no luck\n") != std::string::npos);
  CHECK(report.find("largest 0.0 % (at most 25 %): good\n") != std::string::npos);
}

}  // namespace
}  // namespace wukong::report
