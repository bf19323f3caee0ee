#include "sim/functions/warm_pool/ranked_set.h"

#include <set>

#include "sim/base/random.h"
#include "test/catch.h"

namespace wukong::warm_pool {
namespace {

TEST_CASE("a ranked set selects like an ordered set") {
  const size_t capacity = GENERATE(10u, 64u, 1000u, 5000u, 300'000u);
  RankedSet set(capacity);
  RankedSet uncounted(capacity, Counting::no);
  std::set<size_t> model;
  RandomStream random(capacity, "members");
  for (int step = 0; step < 20'000; ++step) {
    const auto member = static_cast<size_t>(random.below(capacity));
    REQUIRE(set.contains(member) == model.contains(member));
    if (model.insert(member).second) {
      set.insert(member);
      uncounted.insert(member);
    } else {
      model.erase(member);
      set.erase(member);
      uncounted.erase(member);
    }
    REQUIRE(set.size() == model.size());
    if (model.empty()) continue;
    REQUIRE(uncounted.first() == *model.begin());
    REQUIRE(uncounted.last() == *model.rbegin());
    REQUIRE(set.select(0) == *model.begin());
    REQUIRE(set.select(model.size() - 1) == *model.rbegin());
    if (step % 100 != 0) continue;
    size_t rank = 0;
    for (const size_t expected : model) REQUIRE(set.select(rank++) == expected);
  }
}

}  // namespace
}  // namespace wukong::warm_pool
