#include "bench/simulation/parallel_for.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include "test/catch.h"

namespace wukong::simulation {
namespace {

TEST_CASE("a parallel loop does each round once, with any number of threads", "[parallel]") {
  for (const unsigned threads : {0u, 1u, 2u, 7u}) {
    std::vector<std::atomic<int>> rounds(100);
    parallel_for(rounds.size(), threads, [&](size_t i) { ++rounds[i]; });
    for (const std::atomic<int>& round : rounds) CHECK(round == 1);
  }
  parallel_for(0, 2, [](size_t) { FAIL("there is nothing to do"); });
}

TEST_CASE("of what a parallel loop throws, the lowest round's is thrown", "[parallel]") {
  for (int repetition = 0; repetition < 200; ++repetition) {
    std::atomic<int> before = 0;
    try {
      parallel_for(64, 4, [&](size_t i) {
        if (i < 20) ++before;
        if (i >= 20 && i % 3 == 2) throw std::runtime_error(std::to_string(i));
      });
      FAIL("nothing was thrown");
    } catch (const std::runtime_error& error) {
      CHECK(error.what() == std::string("20"));
    }
    CHECK(before == 20);
  }
}

}  // namespace
}  // namespace wukong::simulation
