#include "bench/text/progress_bar.h"

#include <unistd.h>

#include <cstdio>

#include "test/catch.h"

namespace wukong::text {
namespace {

TEST_CASE("a bar is as long as its fraction", "[reproduction]") {
  CHECK(bar_text(0, 4) == "....");
  CHECK(bar_text(0.5, 4) == "##..");
  CHECK(bar_text(1, 4) == "####");
  CHECK(bar_text(1.1, 4) == "####");
}

TEST_CASE("in a pipe no line says what the one before said", "[reproduction]") {
  std::FILE* const kept = std::tmpfile();
  REQUIRE(kept != nullptr);
  const int stderr_before = ::dup(STDERR_FILENO);
  ::dup2(::fileno(kept), STDERR_FILENO);
  {
    ProgressBar bar(ProgressBar::Form::lines, "evaluations");
    for (int tenth = 1; tenth <= 10; ++tenth) bar.update(0.1 * tenth, tenth == 10 ? 1 : 0, 1);
  }
  std::fflush(stderr);
  ::dup2(stderr_before, STDERR_FILENO);
  ::close(stderr_before);
  std::rewind(kept);
  int lines = 0;
  for (int c = std::fgetc(kept); c != EOF; c = std::fgetc(kept)) lines += c == '\n';
  std::fclose(kept);
  CHECK(lines == 1);
}

TEST_CASE("the time left is in minutes and seconds, rounded up", "[reproduction]") {
  CHECK(time_left_text(0) == "0 s");
  CHECK(time_left_text(11.2) == "12 s");
  CHECK(time_left_text(59.5) == "1 min 00 s");
  CHECK(time_left_text(65) == "1 min 05 s");
}

}  // namespace
}  // namespace wukong::text
