// Workflows recorded in the WfCommons project's WfFormat (JSON), versions 1.3 to 1.6, as Dags, and
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
#include "workloads/dag/dag.h"
#include "workloads/wfformat/import_options.h"
#include "workloads/wfformat/in_place_files.h"

namespace wukong::wfformat {

struct WfformatParameters {
  InputFile path;  // no default
  InPlaceFiles in_place_files = InPlaceFiles::error;
  ImportOptions options = {};

  void visit(FieldVisitor& v);
};

// Every system runs the same DAG. REQUIRES: the file has been read.
dag::Dag make_wfformat(const WfformatParameters& parameters,
                       dag::DagForm form = dag::DagForm::dask);

// `name` is the document's in messages.
dag::Dag parse_wfformat(std::string text, const std::string& name,
                        InPlaceFiles in_place_files = InPlaceFiles::error,
                        const ImportOptions& options = {});

// What each task ran, by its id: the program, and then its arguments. A task of which the file does
// not say it is not there.
std::map<std::string, std::vector<std::string>> wfformat_commands(
    const WfformatParameters& parameters);

// How a task was done in a run.
struct Execution {
  Duration start;  // since the run's
  Duration run_time;
  uint32_t machine = 0;  // its number among the machines
};

struct WfformatExport {
  std::string name;
  std::string description = {};  // empty: that nothing was measured
  // Of each task. Empty: what its cost says without a platform, which is all of it for an imported
  // Dag. For others see task_times(): the format knows no flops.
  std::span<const Duration> run_times = {};
  // Of each task, in place of run times; empty: nothing has run.
  std::span<const Execution> executions = {};
  std::span<const std::string> machines = {};  // their names, by number
  Duration makespan = {};                      // of what has run
};

// Importing the result gives the same Dag, but that nominal sizes are lost, and that costs are
// times: those of the executions, if there are any.
std::string export_wfformat(const dag::Dag& dag, const WfformatExport& options);

}  // namespace wukong::wfformat
