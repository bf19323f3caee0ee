#include "bench/sweep_runner/dry_run.h"

#include <fmt/format.h>

#include <chrono>
#include <set>

#include "bench/sweep/point_runs.h"
#include "bench/sweep_runner/progress_display.h"
#include "bench/text/format.h"
#include "bench/text/output_width.h"
#include "bench/text/table.h"

namespace wukong::sweep_runner {
namespace {

using Clock = std::chrono::steady_clock;
constexpr size_t kMostShown = 20;
constexpr double kLongestTrial = 5;

void add_point(const sweep::SweepPlan& plan, size_t point, text::Table& table) {
  std::vector<std::string> row{std::to_string(point)};
  for (const sweep::AxisValue* value : plan.values_at(point)) row.push_back(value->text);
  std::string left_out;
  for (size_t system = 0; system < plan.systems.size(); ++system)
    if (plan.excluded(point, system))
      left_out += (left_out.empty() ? "without " : ", ") + plan.systems[system];
  row.push_back(left_out);
  table.add_row(std::move(row));
}

std::string points_text(const sweep::SweepPlan& plan) {
  std::vector<text::Table::Align> columns(plan.axes.size() + 2, text::Table::Align::right);
  columns.back() = text::Table::Align::prose;
  text::Table table(columns);
  std::vector<std::string> header{"point"};
  for (const sweep::Axis& axis : plan.axes) header.push_back(axis.key);
  table.add_row(std::move(header));
  const size_t shown = std::min(kMostShown, plan.points.size());
  for (size_t point = 0; point < shown; ++point) add_point(plan, point, table);
  std::string text = table.to_text({.width = text::output_width()});
  if (shown < plan.points.size())
    text += fmt::format("... and {} more, up to {}\n",
                        text::format_whole(static_cast<int64_t>(plan.points.size() - shown)),
                        plan.text_at(plan.points.size() - 1));
  return text;
}

struct Trial {
  int64_t runs = 0;
  double seconds = 0;
  std::string first_failure;
};

Trial try_some(const sweep::SweepPlan& plan, const experiment::Catalog& catalog) {
  Trial trial;
  const Clock::time_point start = Clock::now();
  const size_t last = plan.points.size() - 1;
  for (const size_t point : std::set<size_t>{0, last / 2, last}) {
    sweep::PointRuns runs(plan, catalog, point);
    for (size_t system = 0; system < plan.systems.size(); ++system) {
      if (plan.excluded(point, system) || trial.seconds > kLongestTrial) continue;
      const results::RunRecord record =
          runs.run({static_cast<int64_t>(point), static_cast<int64_t>(system), 0});
      ++trial.runs;
      trial.seconds = std::chrono::duration<double>(Clock::now() - start).count();
      if (!record.completed() && trial.first_failure.empty())
        trial.first_failure = fmt::format("{} at {} fails: {}\n", plan.systems[system],
                                          plan.text_at(point), record.failure);
    }
  }
  return trial;
}

}  // namespace

std::string describe_sweep(const sweep::SweepPlan& plan, const experiment::Catalog& catalog,
                           size_t threads, size_t shards) {
  const int64_t runs = plan.most_runs();
  std::string text = fmt::format(
      "{} points, {} systems, {} replicates: {} runs\n\n",
      text::format_whole(static_cast<int64_t>(plan.points.size())), plan.systems.size(),
      plan.rule.adaptive() ? fmt::format("{} to {}", plan.rule.at_least, plan.rule.at_most)
                           : text::format_whole(plan.rule.at_most),
      (plan.rule.adaptive() ? "at most " : "") + text::format_whole(runs));
  text += points_text(plan);
  const Trial trial = try_some(plan, catalog);
  if (trial.runs == 0) return text;
  const double each = trial.seconds / static_cast<double>(trial.runs);
  const double all = each * static_cast<double>(runs) / static_cast<double>(threads * shards);
  text += fmt::format("\nabout {} ({} a run, of {} tried; {} threads{}{})\n", clock_text(all),
                      text::format_time(each), trial.runs, threads,
                      shards > 1 ? fmt::format("; {} shards at the same time", shards) : "",
                      plan.rule.adaptive() ? "; if every point needs the most replicates" : "");
  return text + trial.first_failure;
}

}  // namespace wukong::sweep_runner
