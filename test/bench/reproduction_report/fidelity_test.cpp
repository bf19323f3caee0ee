#include "bench/reproduction_report/fidelity.h"

#include "test/bench/reproduction/support/made_results.h"
#include "test/catch.h"

namespace wukong::reproduction_report {
namespace {

TEST_CASE("the tables have errors, far points, orders and failures", "[fidelity]") {
  const reproduction::ReferenceFigure reference = test::made_reference(
      "socc20-14", R"({"wukong": [10, 4, 5], "numpywren": [30, "fail", 9]})", R"([1, 2, "3k"])");
  // wukong: exact, +50 %, fails; numpywren: -20 %, completes, -25 % (as much as is allowed)
  const double values[2][3] = {{10, 6, 0}, {24, 7, 6.75}};
  const reproduction::FigureResult figure =
      test::made_figure(reference, [&](size_t series, size_t x) -> std::optional<double> {
        if (values[series][x] == 0) return std::nullopt;
        return values[series][x];
      });
  const std::vector<reproduction::FigureResult> figures = {figure};
  const std::string tables = fidelity_tables(figures, reproduction::measure_accuracy(figures), 3);
  for (const char* line : {
           "6 points of 1 figures, 5 of them with a number of the paper, 3 replicates each.",
           "| all | 5 | 25.0 % | 60.0 % |\n",
           "| socc20-14 | 5 | 25.0 % | 60.0 % | T |\n",
           "2 points differ by more than 25 %.\n",
           "| socc20-14 | wukong | 2 | 4.00 | 6.00 | s | +50 % |\n",
           "| socc20-14 | wukong | 3k | 5.00 | fails | s | fails |\n",
           "(figures 9 to 14): 2 of 3 pairs as in the papers. Failures: 0 of 1 as in the papers.\n",
           "- socc20-14 at 3k: wukong is faster than numpywren in the paper, but not here\n",
           "- socc20-14 at 2: numpywren fails in the paper, but not here\n",
           "- socc20-14 at 3k: wukong fails here, but not in the paper\n",
       }) {
    INFO(line);
    CHECK(tables.find(line) != std::string::npos);
  }
  CHECK(tables.find("| numpywren | 1 |") == std::string::npos);
}

}  // namespace
}  // namespace wukong::reproduction_report
