#include "workloads/wfformat/import_options.h"

#include "sim/base/time.h"

namespace wukong::wfformat {
namespace {

constexpr Bounds kRuntimeScale{0, 1e6};
constexpr Bounds kModelledMegahertz{1, 1e6};
constexpr Bounds kImportedCores{1, 1e5};  // more cores than any node

}  // namespace

void ImportOptions::visit(FieldVisitor& v) {
  v.about("What each recorded time is multiplied with")
      .field("runtime_scale", runtime_scale, kRuntimeScale);
  v.describe(
      "The clock of the processor that is modelled: a time recorded on a machine with another one, "
      "which the file tells, is scaled by their ratio; none: times stay");
  v.optional("machine_mhz", machine_mhz,
             [&](double& clock) { v.field("machine_mhz", clock, kModelledMegahertz); });
  v.describe("Threads of each task, whatever the file says of its cores; none: as many as those");
  v.optional("cores", cores, [&](int64_t& count) { v.field("cores", count, kImportedCores); });
  v.about("Whether recorded memory is left out").field("ignore_memory", ignore_memory);
  v.describe("The size of files for which the file has none; none: that is an error");
  v.optional("missing_size_bytes", missing_size,
             [&](Bytes& size) { v.bytes("missing_size_bytes", size); });
}

void apply(const ImportOptions& options, Workflow& workflow) {
  for (WorkflowTask& task : workflow.tasks) {
    double scale = options.runtime_scale;
    if (options.machine_mhz) {
      if (task.machine_mhz)
        scale *= *task.machine_mhz / *options.machine_mhz;
      else
        ++workflow.corrections.unclocked_tasks;
    }
    if (scale != 1) task.run_time = scaled(task.run_time, scale);
    if (options.cores) task.threads = static_cast<int32_t>(*options.cores);
    if (options.ignore_memory) task.memory = Bytes(0);
  }
}

}  // namespace wukong::wfformat
