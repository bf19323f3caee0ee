#include "sim/base/check.h"

#include "sim/base/bytes.h"
#include "sim/base/inline_function.h"
#include "sim/base/money.h"
#include "sim/base/portable_math.h"
#include "sim/base/random.h"
#include "test/catch.h"
#include "test/death.h"

namespace wukong {
namespace {

using test::dying_words;

TEST_CASE("a failed invariant aborts and prints the condition and the values") {
  const std::string words = dying_words([] {
    const int found = 7;
    ENSURE(found == 8, found, 2.5, "text", std::string("string"));
  });
  CHECK_THAT(words, Catch::Contains("check_test.cpp"));
  CHECK_THAT(words, Catch::Contains("found == 8"));
  CHECK_THAT(words, Catch::Contains("7, 2.5"));
  CHECK_THAT(words, Catch::Contains("text, string"));
}

TEST_CASE("an invariant that holds costs its condition and not its values") {
  int evaluated = 0;
  const auto expensive = [&] { return ++evaluated; };
  ENSURE(true, expensive());
  CHECK(evaluated == 0);
}

struct Words : CheckContext {
  explicit Words(const char* its_text) : text(its_text) {}
  std::string describe() const override { return text; }
  const char* text;
};

TEST_CASE("a failed invariant names the innermost context") {
  CHECK_THAT(dying_words([] {
               const Words outer("the outer run");
               {
                 const Words inner("the inner run");
               }
               ENSURE(false);
             }),
             Catch::Contains("the outer run"));
  CHECK_THAT(dying_words([] {
               const Words outer("the outer run");
               const Words inner("the inner run");
               ENSURE(false);
             }),
             Catch::Contains("the inner run") && !Catch::Contains("the outer run"));
}

TEST_CASE("preconditions of the base types are checked") {
  CHECK(dying_words([] { transfer_time(Bytes(1), Bandwidth()); }) != "");
  CHECK(dying_words([] { transfer_time(Bytes(-1), Bandwidth::bytes_per_second(1)); }) != "");
  CHECK(dying_words([] { charge(Money::pico_usd(1), -1, 1); }) != "");
  CHECK(dying_words([] { RandomStream(1, "x").below(0); }) != "");
  CHECK(dying_words([] { portable_log(0.0); }) != "");
  CHECK(dying_words([] { InlineFunction<void()>()(); }) != "");
}

}  // namespace
}  // namespace wukong
