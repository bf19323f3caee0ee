// What an import changes about a recorded workflow: the machine that it ran on is not the one that
// is modelled, and recorders leave things out.
#pragma once

#include <optional>

#include "sim/base/fields.h"
#include "workloads/wfformat/workflow.h"

namespace wukong::wfformat {

struct ImportOptions {
  double runtime_scale = 1;
  std::optional<double> machine_mhz;
  std::optional<int64_t> cores;
  bool ignore_memory = false;
  std::optional<Bytes> missing_size;  // none: a file without a size is an error

  void visit(FieldVisitor& v);
};

// All but the missing sizes, which are the reader's business.
void apply(const ImportOptions& options, Workflow& workflow);

}  // namespace wukong::wfformat
