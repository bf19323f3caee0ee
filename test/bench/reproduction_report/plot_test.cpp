#include <unistd.h>

#include <filesystem>

#include "bench/files/text_file.h"
#include "bench/plot/gnuplot.h"
#include "bench/reproduction_report/figure_csv.h"
#include "bench/reproduction_report/figure_plot.h"
#include "bench/reproduction_report/plot_axes.h"
#include "test/bench/reproduction/support/made_results.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::reproduction_report {
namespace {

reproduction::FigureResult three_points(const reproduction::ReferenceFigure& reference) {
  reproduction::FigureResult figure{&reference, {}, {}};
  figure.plot = {reproduction::PlotStyle::Form::lines, reproduction::PlotStyle::Scale::log,
                 reproduction::PlotStyle::Scale::log};
  figure.points.push_back(test::made_point(reference, 0, 0, {1.0, 3.0}));
  figure.points.push_back(test::made_point(reference, 0, 1, {10.0}));
  figure.points.push_back(test::made_point(reference, 0, 2, {std::nullopt}));
  return figure;
}

const reproduction::ReferenceFigure& plotted_reference() {
  static const reproduction::ReferenceFigure figure = test::made_reference(
      "it's", R"({"a, \"b\"": [2.5, "fail", "?"]})", R"(["1k", "32.5k", "1.0M"])");
  return figure;
}

TEST_CASE("a label is the number that it says", "[reproduction]") {
  CHECK(*number_of_label("32.7k") == Approx(32700));
  CHECK(*number_of_label("1.0M") == 1e6);
  CHECK(*number_of_label("250") == 250);
  for (const char* name : {"read", "", "+clustering", "1.0G", "1kk", "k", "12 k"})
    CHECK_FALSE(number_of_label(name));
}

TEST_CASE("labels that are numbers are positions, names are categories", "[reproduction]") {
  const PlotAxes axes = plot_axes(three_points(plotted_reference()));
  CHECK_FALSE(axes.categories);
  CHECK(axes.log_x);
  CHECK(axes.positions == std::vector<double>{1000, 32500, 1e6});

  const reproduction::ReferenceFigure names =
      test::made_reference("f", R"({"a": [1, 1, 1]})", R"(["x", "2", "y"])");
  const PlotAxes categories = plot_axes(three_points(names));
  CHECK(categories.categories);
  CHECK_FALSE(categories.log_x);
  CHECK(categories.positions == std::vector<double>{0, 1, 2});

  reproduction::FigureResult bars = three_points(plotted_reference());
  bars.plot.form = reproduction::PlotStyle::Form::bars;
  CHECK(plot_axes(bars).categories);
}

TEST_CASE("zero has no place on a log axis: such an x becomes a category", "[reproduction]") {
  const reproduction::ReferenceFigure zero =
      test::made_reference("f", R"({"a": [1, 1, 1]})", "[0, 100, 250]");
  CHECK(plot_axes(three_points(zero)).categories);
  reproduction::FigureResult linear = three_points(zero);
  linear.plot.x = reproduction::PlotStyle::Scale::linear;
  CHECK_FALSE(plot_axes(linear).categories);
}

TEST_CASE("the y axis holds all replicates and the paper, with room for failures",
          "[reproduction]") {
  const PlotAxes axes = plot_axes(three_points(plotted_reference()));
  // One decade from 1 to 10; 6 % below, 16 % above because points fail.
  CHECK(axes.y.least == Approx(std::pow(10, -0.06)));
  CHECK(axes.y.most == Approx(std::pow(10, 1.16)));
  CHECK(axes.y_labels == std::vector<double>{1, 2, 5, 10});
  reproduction::FigureResult linear = three_points(plotted_reference());
  linear.plot.y = reproduction::PlotStyle::Scale::linear;
  CHECK(plot_axes(linear).y.least == 0);
  CHECK(plot_axes(linear).y.most == Approx(11.6));
  CHECK(plot_axes(linear).y_labels.empty());
}

TEST_CASE("x labels are level where they fit", "[reproduction]") {
  CHECK(plot_axes(three_points(plotted_reference())).label_angle == 0);
  std::string x, values;
  for (int i = 1; i <= 30; ++i) {
    x += (i == 1 ? "[" : ", ") + std::to_string(1000 + i);
    values += (i == 1 ? "[" : ", ") + std::string("1");
  }
  const reproduction::ReferenceFigure many =
      test::made_reference("f", "{\"a\": " + values + "]}", x + "]");
  // 76 characters, 30 labels of 4.
  CHECK(plot_axes(test::made_figure(many, [](size_t, size_t) { return 1.0; })).label_angle == 90);
}

TEST_CASE("a CSV has a line a point, with what is not known empty", "[reproduction]") {
  CHECK(figure_csv(three_points(plotted_reference())) ==
        "series,x,simulated,min,max,paper,error_percent,failed_replicates\n"
        "\"a, \"\"b\"\"\",1k,2,1,3,2.5,20.00,0\n"
        "\"a, \"\"b\"\"\",32.5k,10,10,10,fail,,0\n"
        "\"a, \"\"b\"\"\",1.0M,fail,,,,,1\n");
}

TEST_CASE("a plot has error bars, hollow marks for the paper, and crosses for failures",
          "[reproduction]") {
  const std::string script =
      figure_plot_script(three_points(plotted_reference()), PlotScript::files);
  CHECK(script.find("\n1000 2 1 3\n") != std::string::npos);
  CHECK(script.find("yerrorlines pt 7 ") != std::string::npos);
  CHECK(script.find("EOD\nNaN NaN\n1000 2.5\nEOD") != std::string::npos);
  CHECK(script.find("$paper0 using 1:2 with points pt 6 ") != std::string::npos);
  CHECK(script.find("at first 32500, graph 0.975 point pt 2 ps 1.7") != std::string::npos);
  CHECK(script.find("at first 1000000, graph 0.975 point pt 2 ps 0.9") != std::string::npos);
  CHECK(script.find(R"("a, \042b\042")") != std::string::npos);
}

TEST_CASE("gnuplot draws SVG and PNG of lines and bars, the same bytes each time",
          "[reproduction]") {
  if (!plot::have_gnuplot()) {
    REQUIRE(std::getenv("WUKONG_CI") == nullptr);  // it would have installed one
    WARN("there is no gnuplot: not tested");
    return;
  }
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("wukong-plot-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  for (const reproduction::PlotStyle::Form form :
       {reproduction::PlotStyle::Form::lines, reproduction::PlotStyle::Form::bars}) {
    const reproduction::ReferenceFigure plain =
        test::made_reference("plain", R"({"a": [2.5, "fail", "?"]})", R"(["1k", "32.5k", "1.0M"])");
    reproduction::FigureResult figure = three_points(plain);
    figure.plot.form = form;
    const std::string svg_file = (folder / "plain.svg").string();
    const std::string png_file = (folder / "plain.png").string();
    const plot::Drawing drawings[] = {{figure_plot_script(figure, PlotScript::svg), svg_file},
                                      {figure_plot_script(figure, PlotScript::png), png_file}};
    std::string before;
    for (int time = 0; time < 2; ++time) {
      plot::draw_with_gnuplot(drawings, 1);
      const std::string svg = files::read_text_file(svg_file);
      const std::string png = files::read_text_file(png_file);
      CHECK(svg.find("</svg>") != std::string::npos);
      CHECK(svg.find(">32.5k</text>") != std::string::npos);
      CHECK(png.substr(1, 3) == "PNG");
      CHECK(png.size() > 5000);
      CHECK((before.empty() || before == svg + png));
      before = svg + png;
    }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace wukong::reproduction_report
