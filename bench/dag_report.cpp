#include "bench/dag_report.h"

#include <fmt/format.h>

#include "bench/feasibility.h"
#include "bench/text/format.h"
#include "bench/text/table.h"
#include "workloads/limits.h"
#include "workloads/statistics.h"

namespace wukong::bench {
namespace {

using Align = Table::Align;

std::string bytes_text(Bytes bytes) { return format_bytes(static_cast<double>(bytes.count())); }
std::string time_text(Duration time) { return format_time(seconds_of(time)); }

void add_counts(const workloads::DagShape& shape, Table& table) {
  const std::pair<const char*, size_t> counts[] = {
      {"tasks", shape.tasks},   {"edges", shape.edges},   {"objects", shape.objects},
      {"leaves", shape.leaves}, {"results", shape.sinks}, {"depth", shape.depth},
      {"width", shape.width}};
  for (const auto& [name, count] : counts)
    table.add_row({name, format_count(static_cast<double>(count))});
}

// The nominal size is shown where it is another.
void add_bytes(const workloads::DagShape& shape, Table& table) {
  const std::pair<const char*, sim::ObjectSize> sizes[] = {
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

void add_times(const workloads::Dag& dag, const workloads::DagShape& shape,
               const sim::PlatformSpec& platform, Table& table) {
  const workloads::FunctionLimits limits = function_limits(platform);
  const std::vector<Duration> times = workloads::task_times(dag, platform.compute, limits.vcpus);
  const workloads::Work work = workloads::work_of(dag, times);
  const std::string host =
      fmt::format("on functions of {} MB, {:.2f} vCPUs",
                  format_count(static_cast<double>(platform.functions.memory_mb)), limits.vcpus);
  table.add_row({"work", time_text(work.work), host});
  table.add_row({"span", time_text(work.span), host});
  table.add_row({"largest task", bytes_text(shape.largest_memory),
                 shape.largest_task.valid() ? dag.name(shape.largest_task) : ""});
  const auto oversized = workloads::oversized_tasks(dag, limits, platform.compute);
  if (oversized.empty()) return;
  table.add_row({"tasks that cannot run", format_count(static_cast<double>(oversized.size())),
                 workloads::describe(dag, oversized.front(), limits)});
}

}  // namespace

std::string report_dag(const workloads::Dag& dag, const sim::PlatformSpec& platform, size_t width) {
  const workloads::DagShape shape = workloads::shape_of(dag);
  Table table({Align::left, Align::right, Align::prose});
  add_counts(shape, table);
  add_bytes(shape, table);
  add_times(dag, shape, platform, table);
  return table.to_text({.width = width});
}

}  // namespace wukong::bench
