#include "bench/exports/plot.h"

#include <fmt/format.h>

#include <set>

#include "bench/exports/plot_data.h"
#include "bench/exports/plot_labels.h"
#include "bench/exports/plot_layout.h"
#include "bench/plot/gnuplot.h"
#include "bench/results/row_checksum.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/run_program.h"
#include "test/bench/support/sweep_study.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::exports {
namespace {

// Systems that pause, at points with one replicate; drawn in a folder that the tests can look at.
class PlottedStudy {
 public:
  PlottedStudy(const std::string& systems, const std::string& axes) {
    static const test::TestCatalog catalog;
    const sweep::SweepPlan plan = test::test_sweep(
        "systems: " + systems + "\nreplicates: 2\nsweep: {axes: " + axes + "}", catalog.get());
    sweep_runner::run_sweep(plan, catalog.get(),
                            {path(), 1, {}, sweep_runner::ProgressDisplay::Style::none});
  }
  std::string path() const { return folder_.file("x.db"); }
  std::string file(const std::string& name) const { return folder_.file(name); }
  results::Study study() const { return test::study_in(path()); }

 private:
  test::TemporaryFolder folder_;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("an axis is named as people do, with its unit", "[results]") {
  CHECK(axis_label("platform.functions.memory_mb", {}) == "memory (MB)");
  CHECK(axis_label("makespan_s", {}) == "makespan (s)");
  CHECK(axis_label("workload.tsqr.block_rows", {}) == "block rows");
  CHECK(axis_label("platform.s3.latency_ms", {"platform.s3.latency_ms", "a.b.latency_ms"}) ==
        "s3 latency (ms)");
}

TEST_CASE("a number beside an axis is short", "[results]") {
  CHECK(tic_label(16777216) == "16 Mi");
  CHECK(tic_label(4.1e6) == "4.1 M");
  CHECK(tic_label(1234567) == "1.23 M");
  CHECK(tic_label(2048) == "2048");
  CHECK(tic_label(0.25) == "0.25");
  CHECK(exact_label("65536") == "64 Ki");
  CHECK(exact_label("1234567") == "1234567");  // a legend tells 1234567 from 1234568
  CHECK(exact_label("s3") == "s3");
}

TEST_CASE("no two of 48 lines have the same colour and mark", "[results]") {
  std::string systems = "[";
  for (int i = 0; i < 48; ++i)
    systems += (i == 0 ? "" : ", ") + ("{pause: {name: s" + std::to_string(i)) + ", pause_s: 1}}";
  const PlottedStudy plotted(systems + "]", "{workload.tree_reduction.elements: [4, 8]}");
  PlotOptions options;
  options.output = "x.svg";
  const std::string script = plot_script(plotted.study(), options);
  std::set<std::string> pens;
  for (size_t at = script.find("with linespoints"); at != std::string::npos;
       at = script.find("with linespoints", at + 1)) {
    const size_t mark = script.find("pt ", at), colour = script.find("rgb '", at);
    pens.insert(script.substr(mark, 5) + script.substr(colour, 13));
  }
  CHECK(pens.size() == 48);
}

TEST_CASE("the legend stands below the panels and within the sheet", "[results]") {
  PlotData data;
  data.x = {"1", "2"};
  for (const size_t count : {size_t{1}, size_t{9}, size_t{48}})
    for (const size_t length : {size_t{3}, size_t{60}, size_t{400}}) {
      data.lines.assign(count, std::string(length, 'x'));
      data.panels.resize(count % 5 + 1);
      const PlotLayout layout = plot_layout(data, data.x);
      for (const PlotBox& entry : layout.legend) {
        for (const PlotBox& panel : layout.panels) CHECK(entry.top >= panel.bottom + 50);
        CHECK(entry.bottom <= layout.height);
        CHECK(entry.right + 8 +
                  static_cast<double>(text_width(layout.legend_texts[0])) * kCharacterWidth <=
              layout.width);
      }
      CHECK(layout.legend.size() == count);
    }
}

TEST_CASE("a plot has a panel for each metric and each value of the facet", "[results]") {
  const PlottedStudy plotted("[pause, {pause: {name: slow, pause_s: 5}}]",
                             "{workload.tree_reduction.elements: [4, 8, 65536], "
                             "workload.tree_reduction.delay_ms: [0, 1]}");
  PlotOptions options;
  options.output = "x.svg";
  const results::Study study = plotted.study();
  CHECK(plot_data(study, options).panels.size() == 1);
  CHECK(plot_data(study, options).lines.size() == 4);
  options.metrics = {0, 1};
  options.facet = 1;
  const PlotData data = plot_data(study, options);
  CHECK(data.lines == std::vector<std::string>{"pause", "slow"});
  REQUIRE(data.panels.size() == 4);
  CHECK(data.panels[1].title == "delay (ms) = 1");
  CHECK(data.panels[2].metric == 1);
  for (const PlotPanel& panel : data.panels)
    for (const std::vector<PlotMark>& line : panel.lines) CHECK(line.size() == 3);
  const std::string script = plot_script(study, options);
  CHECK(has(script, "\"64 Ki\" 65536"));
  CHECK(has(script, "set logscale x"));
  CHECK_FALSE(has(script, "set logscale y"));
  options.log_y = true;
  options.log_x = false;
  CHECK(has(plot_script(study, options), "set logscale y"));
  CHECK_FALSE(has(plot_script(study, options), "set logscale x"));
}

TEST_CASE("a hostile name, value or file name of a plot runs nothing", "[results][security]") {
  if (!plot::have_gnuplot()) return;
  const PlottedStudy plotted(
      R"(["pause", {pause: {name: 'w`touch pwned`', pause_s: 5}},
          {pause: {name: "a\"; system('touch pwned') #"}}, {pause: {name: '%s%n $(touch pwned)'}}])",
      "{workload.tree_reduction.elements: [4, 8]}");
  // A foreign file has what it wants where ours have numbers.
  {
    results::Database database(plotted.path(), results::Database::Mode::read_write);
    results::add_checksum_function(database);
    database.execute("UPDATE points SET coordinates = '[\"`touch pwned`\"]' WHERE number = 0");
    for (const results::CheckedTable& table : results::kCheckedTables)
      database.execute(fmt::format("UPDATE {} SET checksum = {}", table.name, table.checksum));
  }
  for (const char* kind : {"line", "bar"}) {
    const test::Outcome outcome = test::run_command(
        "cd " + plotted.file("") + " && \"" + WUKONG_PROGRAM +
        "\" results plot --results x.db --kind " + kind + " -o 'o`touch pwned`.svg'");
    CAPTURE(outcome.output);
    CHECK(outcome.exit_code == 0);
    CHECK(has(test::read_all(plotted.file("o`touch pwned`.svg")), "</svg>"));
  }
  CHECK_FALSE(std::filesystem::exists(plotted.file("pwned")));
}

TEST_CASE("a plot that cannot be drawn is an error and leaves the old one", "[results]") {
  const PlottedStudy plotted("[pause]", "{workload.tree_reduction.elements: [4, 8]}");
  PlotOptions options;
  options.output = "x.gif";
  CHECK(has(test::error_text([&] { plot_script(plotted.study(), options); }),
            "ends in .svg, .png or .pdf"));
  const std::string command = "results plot --results " + plotted.path();
  CHECK(has(test::run(command + " -o " + plotted.file("none/x.svg")).output, "No such file"));
  const test::Outcome missing = test::run_command("PATH=/nothing \"" + std::string(WUKONG_PROGRAM) +
                                                  "\" " + command + " -o " + plotted.file("x.svg"));
  CHECK(missing.exit_code == 2);
  CHECK(has(missing.output, "gnuplot-nox"));
  CHECK_FALSE(std::filesystem::exists(plotted.file("x.svg")));
}

TEST_CASE("--where with a value that the axis has not says which it has", "[results]") {
  const PlottedStudy plotted("[pause]", "{workload.tree_reduction.elements: [4, 8]}");
  const test::Outcome outcome =
      test::run("results plot --results " + plotted.path() + " --where elements=5 -o x.svg");
  CHECK(outcome.exit_code == 2);
  CHECK(has(outcome.output, "a value that it has here (4, 8), found \"5\""));
}

}  // namespace
}  // namespace wukong::exports
