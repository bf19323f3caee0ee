#include "bench/report/dag_report.h"

#include <fmt/format.h>

#include "bench/experiment/feasibility.h"
#include "bench/text/format.h"
#include "bench/text/table.h"
#include "sim/platform/platform_spec.h"
#include "workloads/dag/limits.h"
#include "workloads/dag/statistics.h"

namespace wukong::report {
namespace {

using Align = text::Table::Align;

std::string bytes_text(Bytes bytes) {
  return text::format_bytes(static_cast<double>(bytes.count()));
}
std::string time_text(Duration time) { return text::format_time(text::seconds_of(time)); }

void add_counts(const dag::DagShape& shape, text::Table& table) {
  const std::pair<const char*, size_t> counts[] = {
      {"tasks", shape.tasks},   {"edges", shape.edges},   {"objects", shape.objects},
      {"leaves", shape.leaves}, {"results", shape.sinks}, {"depth", shape.depth},
      {"width", shape.width}};
  for (const auto& [name, count] : counts)
    table.add_row({name, text::format_count(static_cast<double>(count))});
}

// The nominal size is shown where it is another.
void add_bytes(const dag::DagShape& shape, text::Table& table) {
  const std::pair<const char*, ObjectSize> sizes[] = {
      {"input bytes", shape.inputs},
      {"intermediate bytes", shape.intermediates},
      {"result bytes", shape.results},
      {"bytes read without locality", shape.reads},
      {"bytes written without locality", shape.writes}};
  for (const auto& [name, size] : sizes) {
    std::string nominal;
    if (size.nominal != size.actual) nominal = "nominal " + bytes_text(size.nominal);
    table.add_row({name, bytes_text(size.actual), nominal});
  }
}

void add_times(const dag::Dag& dag, const dag::DagShape& shape,
               const platform::PlatformSpec& platform, text::Table& table) {
  const dag::FunctionLimits limits = experiment::function_limits(platform);
  const std::vector<Duration> times = dag::task_times(dag, platform.compute, limits.vcpus);
  const dag::Work work = dag::work_of(dag, times);
  const std::string host = fmt::format(
      "on functions of {} MB, {:.2f} vCPUs",
      text::format_count(static_cast<double>(platform.functions.memory_mb)), limits.vcpus);
  table.add_row({"work", time_text(work.work), host});
  table.add_row({"span", time_text(work.span), host});
  table.add_row({"largest task", bytes_text(shape.largest_memory),
                 shape.largest_task.valid() ? dag.name(shape.largest_task) : ""});
  const auto oversized = dag::oversized_tasks(dag, limits, platform.compute);
  if (oversized.empty()) return;
  table.add_row({"tasks that cannot run", text::format_count(static_cast<double>(oversized.size())),
                 dag::describe(dag, oversized.front(), limits)});
}

}  // namespace

std::string report_dag(const dag::Dag& dag, const platform::PlatformSpec& platform, size_t width) {
  const dag::DagShape shape = dag::shape_of(dag);
  text::Table table({Align::left, Align::right, Align::prose});
  add_counts(shape, table);
  add_bytes(shape, table);
  add_times(dag, shape, platform, table);
  return table.to_text({.width = width});
}

}  // namespace wukong::report
