#include "sim/base/slab.h"

#include <cstdint>

#include "test/catch.h"

namespace wukong {
namespace {

struct Counted {
  explicit Counted(int& living) : count(living) { ++count; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() { --count; }
  int& count;
};

TEST_CASE("a slab uses a freed place again, and leaves the others where they are") {
  Slab<int64_t> slab;
  std::vector<int64_t*> objects;
  for (int64_t i = 0; i < 1000; ++i) objects.push_back(&slab.take(i));
  for (int64_t i = 0; i < 1000; ++i) CHECK(*objects[static_cast<size_t>(i)] == i);
  slab.give_back(*objects[500]);
  CHECK(slab.used() == 999);
  CHECK(&slab.take(7) == objects[500]);
}

TEST_CASE("a slab destroys what is given back, and at its end what is left") {
  int living = 0;
  {
    Slab<Counted> slab;
    Counted& first = slab.take(living);
    for (int i = 0; i < 300; ++i) slab.take(living);
    slab.give_back(first);
    CHECK(living == 300);
  }
  CHECK(living == 0);
}

}  // namespace
}  // namespace wukong
