#include "bench/plot/gnuplot.h"

#include <filesystem>

#include "bench/plot/gnuplot_text.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::plot {
namespace {

constexpr const char* kSvg = "set terminal svg noenhanced\n";

bool drawable() {
  if (have_gnuplot()) return true;
  REQUIRE(std::getenv("WUKONG_CI") == nullptr);  // it would have installed one
  WARN("there is no gnuplot: not tested");
  return false;
}

TEST_CASE("a text for gnuplot holds nothing that its language knows", "[bench][security]") {
  CHECK(gnuplot_text("memory (MB), 50 %") == "\"memory (MB), 50 %\"");
  CHECK(gnuplot_text("`touch x`") == R"("\140touch x\140")");
  CHECK(gnuplot_text("a\"b'c\\d") == R"("a\042b\047c\134d")");
  CHECK(gnuplot_text("a\n!touch x\r\x1b") == R"("a \041touch x  ")");
  CHECK(gnuplot_text(std::string_view("a\0b", 3)) == R"("a b")");
  CHECK(gnuplot_text("\xc2\xb5s \xff") == R"("\302\265s \077")");
  for (int c = 0; c < 128; ++c) {
    const std::string text = gnuplot_text(std::string(1, static_cast<char>(c)));
    CAPTURE(text);
    CHECK(text.find_first_of("`'$@{}!#?&|<>*~^[]\n\r") == std::string::npos);
  }
}

TEST_CASE("gnuplot shows a hostile text as it is, and runs nothing", "[bench][security]") {
  if (!drawable()) return;
  const test::TemporaryFolder folder;
  const std::string proof = folder.file("pwned");
  const std::string touch = "touch " + proof;
  for (const std::string& text : std::vector<std::string>{
           "`" + touch + "`", "\"; system('" + touch + "') #", "'; system(\"" + touch + "\") #",
           "\n!" + touch + "\n", "$(" + touch + ")", "\\`" + touch + "\\`", "@x %s %n %d",
           "{/*200 big} ^a_b <b>&amp;", "EOD\n!" + touch}) {
    const Drawing drawing{std::string(kSvg) + "set title " + gnuplot_text(text) + "\nset xtics (" +
                              gnuplot_tic_label(text) + " 1)\nset xlabel " + gnuplot_text(text) +
                              "\nplot x title " + gnuplot_text(text) + "\n",
                          folder.file("x.svg")};
    CAPTURE(drawing.script);
    draw_with_gnuplot({&drawing, 1}, 1);
    CHECK_FALSE(std::filesystem::exists(proof));
  }
  const Drawing drawing{std::string(kSvg) + "set title " + gnuplot_text("50 % `x` <b> \"&'") +
                            "\nset xtics (" + gnuplot_tic_label("%s`%d`") + " 1)\nplot x\n",
                        folder.file("x.svg")};
  draw_with_gnuplot({&drawing, 1}, 1);
  const std::string svg = test::read_all(drawing.output);
  CHECK(svg.find("50 % `x` &lt;b>") != std::string::npos);
  CHECK(svg.find("%s`%d`") != std::string::npos);
}

TEST_CASE("the name of a picture is no part of what gnuplot reads", "[bench][security]") {
  if (!drawable()) return;
  const test::TemporaryFolder folder;
  for (const char* name : {"`touch pwned`.svg", "a'b\"c.svg", "x\\.svg", "| touch pwned; x.svg"}) {
    const Drawing drawing{std::string(kSvg) + "plot x\n", folder.file(name)};
    draw_with_gnuplot({&drawing, 1}, 1);
    CHECK(test::read_all(drawing.output).find("</svg>") != std::string::npos);
  }
  CHECK_FALSE(std::filesystem::exists(folder.file("pwned")));
}

TEST_CASE("a picture that cannot be drawn is an error with gnuplot's words, and the old one stays",
          "[bench]") {
  if (!drawable()) return;
  const test::TemporaryFolder folder;
  const std::string old = folder.write("x.svg", "old");
  const Drawing drawings[] = {{std::string(kSvg) + "plot no_such_thing(x)\n", old},
                              {std::string(kSvg) + "plot x\n", folder.file("y.svg")}};
  const std::string text = test::error_text([&] { draw_with_gnuplot(drawings, 2); });
  CHECK(text.find("x.svg: gnuplot could not draw it: ") != std::string::npos);
  CHECK(text.find("no_such_thing") != std::string::npos);
  CHECK(test::read_all(old) == "old");
  CHECK(test::read_all(folder.file("y.svg")).find("</svg>") != std::string::npos);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("half a picture is an error, and the old one stays", "[bench]") {
  const test::TemporaryFolder folder;
  const std::string old = folder.write("x.svg", "old");
  // Like the real one on a full disk: half of the picture, and success.
  const std::string fake = folder.write("gnuplot", "#!/bin/sh\necho '<svg>'\n");
  std::filesystem::permissions(fake, std::filesystem::perms::owner_all);
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", (folder.path() + ":" + path).c_str(), 1);
  const Drawing drawing{"", old};
  const std::string text = test::error_text([&] { draw_with_gnuplot({&drawing, 1}, 1); });
  ::setenv("PATH", folder.file("nothing").c_str(), 1);
  const std::string missing = test::error_text([&] { draw_with_gnuplot({&drawing, 1}, 1); });
  ::setenv("PATH", path.c_str(), 1);
  CHECK(text.find("could not write all of it") != std::string::npos);
  CHECK(missing.find("gnuplot-nox") != std::string::npos);
  CHECK(test::read_all(old) == "old");
}

}  // namespace
}  // namespace wukong::plot
