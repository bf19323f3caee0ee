#include "sim/base/id.h"

#include "test/catch.h"

namespace wukong {
namespace {

using Apple = Id<struct AppleTag>;
using Pear = Id<struct PearTag>;

template <class A, class B>
concept Comparable = requires(A a, B b) { a == b; };
static_assert(Comparable<Apple, Apple>);
static_assert(!Comparable<Apple, Pear>, "ids of different things do not mix");
static_assert(!std::is_convertible_v<int, Apple>);

TEST_CASE("an id that was not given is invalid and greater than all others") {
  CHECK_FALSE(Apple().valid());
  CHECK(Apple() == Apple::none());
  CHECK(Apple(0).valid());
  CHECK(Apple(3).index() == 3);
  CHECK(Apple(3) < Apple(4));
  CHECK(Apple(4) < Apple::none());
}

}  // namespace
}  // namespace wukong
