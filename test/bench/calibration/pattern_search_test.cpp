#include "bench/calibration/pattern_search.h"

#include <algorithm>
#include <cmath>

#include "test/catch.h"

namespace wukong::calibration {
namespace {

// Least at the given values.
Objective bowl(const Values& best) {
  return [best](const Values& values) {
    double sum = 0;
    for (size_t i = 0; i < best.size(); ++i) sum += std::abs(std::log(values[i] / best[i]));
    return sum;
  };
}

TEST_CASE("the search finds the least loss within its shortest step", "[calibration]") {
  const SearchResult found = pattern_search({{100, 1, 1000}, {2, 0.1, 50}}, 500, bowl({17, 21}));
  CHECK(found.values[0] == Approx(17).epsilon(0.03));
  CHECK(found.values[1] == Approx(21).epsilon(0.03));
  CHECK(found.start_loss == Approx(std::log(100.0 / 17) + std::log(21.0 / 2)));
  CHECK(found.loss < 0.06);
}

TEST_CASE("the search keeps the bounds and ends at one that is in its way", "[calibration]") {
  Values least{1e9, 1e9}, most{0, 0};
  const Objective objective = [&](const Values& values) {
    for (size_t i = 0; i < 2; ++i) {
      least[i] = std::min(least[i], values[i]);
      most[i] = std::max(most[i], values[i]);
    }
    return bowl({1000, 0.001})(values);
  };
  const SearchResult found = pattern_search({{10, 5, 80}, {10, 5, 80}}, 300, objective);
  CHECK(found.values == Values{80, 5});
  CHECK(std::min(least[0], least[1]) == 5);
  CHECK(std::max(most[0], most[1]) == 80);
}

TEST_CASE("the search spends no more evaluations than it has", "[calibration]") {
  size_t calls = 0;
  const Objective objective = [&](const Values& values) {
    ++calls;
    return bowl({17})(values);
  };
  const SearchResult nothing = pattern_search({{100, 1, 1000}}, 0, objective);
  CHECK(nothing.values == Values{100});
  CHECK(nothing.evaluations == 0);
  CHECK(calls == 1);
  calls = 0;
  const SearchResult some = pattern_search({{100, 1, 1000}}, 3, objective);
  CHECK(some.evaluations == 3);
  CHECK(calls == 4);
  CHECK(some.loss < some.start_loss);
}

TEST_CASE("several starts find the deeper of two valleys, where one start ends in the nearer",
          "[calibration]") {
  size_t calls = 0;
  const Objective valleys = [&calls](const Values& values) {
    ++calls;
    const double near = 1 + std::abs(std::log(values[0] / 10));
    const double deep = 4 * std::abs(std::log(values[0] / 30));
    return std::min(near, deep);
  };
  const std::vector<SearchVariable> variables = {{10, 1, 1000}};
  CHECK(search_from(1, variables, 100, valleys).values == Values{10});
  calls = 0;
  const SearchResult found = search_from(8, variables, 100, valleys);
  CHECK(found.values[0] == Approx(30).epsilon(0.03));
  CHECK(found.start_loss == 1);
  CHECK(found.evaluations + 1 == calls);
  CHECK(search_from(8, variables, 100, valleys).values == found.values);
}

TEST_CASE("no set of values is evaluated twice", "[calibration]") {
  std::vector<Values> seen;
  const Objective objective = [&](const Values& values) {
    CHECK(std::find(seen.begin(), seen.end(), values) == seen.end());
    seen.push_back(values);
    return bowl({3, 30})(values);
  };
  pattern_search({{4, 1, 10, true}, {20, 1, 1000}}, 500, objective);
}

TEST_CASE("a step has three digits, and a count moves by one at least", "[calibration]") {
  CHECK(stepped(123, 1.3, {1, 1, 1e6}) == 160);
  CHECK(stepped(0.0123, 1 / 1.3, {1, 1e-6, 1e6}) == 0.00946);
  CHECK(stepped(12345, 1.01, {1, 1, 1e6}) == 12500);
  CHECK(stepped(4, 1.05, {1, 1, 10, true}) == 5);
  CHECK(stepped(4, 1 / 1.05, {1, 1, 10, true}) == 3);
  CHECK(stepped(10, 1.3, {1, 1, 10, true}) == 10);
  CHECK(stepped(1, 1 / 1.3, {1, 1, 10, true}) == 1);
}

}  // namespace
}  // namespace wukong::calibration
