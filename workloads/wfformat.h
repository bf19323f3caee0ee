// Workflows recorded in the WfCommons project's WfFormat (JSON), versions 1.4 and 1.5, as Dags, and
// Dags as WfFormat 1.5. A task runs for its recorded time on as many threads as it was given cores;
// a file is an object; a file that no task writes is in the store before the run.
//
// Whatever is wrong with a file is thrown as an Error with its name, line and key.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "sim/base/fields.h"
#include "workloads/dag.h"

namespace wukong::workloads {

struct WfformatParameters {
  std::string path;  // no default

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG.
Dag make_wfformat(const WfformatParameters& parameters, DagForm form = DagForm::dask);

Dag import_wfformat(const std::string& path);
// `name` is the document's in messages.
Dag parse_wfformat(std::string text, const std::string& name);

// What each task ran, by its id: the program, and then its arguments. A task of which the file does
// not say it is not there.
std::map<std::string, std::vector<std::string>> wfformat_commands(const std::string& path);

struct WfformatExport {
  std::string name;
  // Of each task. Empty: what its cost says without a platform, which is all of it for an imported
  // Dag. For others see task_times(): the format knows no flops.
  std::span<const Duration> run_times = {};
};

// Importing the result gives the same Dag, but that nominal sizes are lost, and that costs are
// times.
std::string export_wfformat(const Dag& dag, const WfformatExport& options);

}  // namespace wukong::workloads
