#include "sim/base/inline_function.h"

#include <memory>
#include <string>

#include "test/catch.h"

namespace wukong {
namespace {

int twice(int x) { return 2 * x; }

static_assert(!std::is_copy_constructible_v<InlineFunction<void()>>);
static_assert(!std::is_constructible_v<InlineFunction<void()>, int>);

TEST_CASE("an inline function calls its target with the arguments and returns its result") {
  InlineFunction<int(int)> function = [offset = 3](int x) { return x + offset; };
  CHECK(function(4) == 7);
  InlineFunction<int(int)> plain = twice;
  CHECK(plain(4) == 8);
}

TEST_CASE("an inline function keeps what its target keeps between calls") {
  InlineFunction<int()> counter = [count = 0]() mutable { return ++count; };
  counter();
  CHECK(counter() == 2);
}

TEST_CASE("an inline function takes move-only arguments and targets") {
  InlineFunction<int(std::unique_ptr<int>)> function =
      [base = std::make_unique<int>(10)](std::unique_ptr<int> x) { return *base + *x; };
  CHECK(function(std::make_unique<int>(5)) == 15);
}

TEST_CASE("moving an inline function moves its target and empties the source") {
  auto life = std::make_shared<int>(1);
  InlineFunction<long()> source = [life] { return life.use_count(); };
  InlineFunction<long()> target = std::move(source);
  CHECK_FALSE(static_cast<bool>(source));
  CHECK(target() == 2);
  InlineFunction<long()> other = [] { return 0L; };
  other = std::move(target);
  CHECK(other() == 2);
  CHECK(life.use_count() == 2);
}

TEST_CASE("an inline function destroys its target exactly once") {
  auto life = std::make_shared<int>(1);
  {
    InlineFunction<void()> function = [life] {};
    CHECK(life.use_count() == 2);
    function = InlineFunction<void()>([] {});
    CHECK(life.use_count() == 1);
    function = [life] {};
    CHECK(life.use_count() == 2);
  }
  CHECK(life.use_count() == 1);
  CHECK_FALSE(static_cast<bool>(InlineFunction<void()>()));
}

}  // namespace
}  // namespace wukong
