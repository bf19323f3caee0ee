#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/commands/dag_files.h"
#include "bench/commands/program.h"
#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/experiment/feasibility.h"
#include "bench/files/file_roles.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"
#include "bench/report/dag_report.h"
#include "bench/text/display_width.h"
#include "workloads/dag/statistics.h"

namespace wukong::commands {
namespace {

struct DagFlags {
  std::string file;
  std::string workload;
  std::string platform;
  std::string form = "dask";
  std::vector<std::string> settings;
  std::string output = "-";
};

// The workload and the platform that the flags name, as an experiment would.
parameters::ParameterTree dag_tree(const DagFlags& flags) {
  parameters::ParameterTree tree = parameters::ParameterTree::make_map({});
  if (!flags.file.empty()) {
    if (auto workload = workload_of_file(flags.file))
      tree.put("workload", *std::move(workload));
    else
      tree = experiment::read_experiment_tree(flags.file, {});
  }
  if (!flags.workload.empty())
    tree.put("workload",
             parameters::parse_flag_value(flags.workload, "--workload " + flags.workload));
  if (!flags.platform.empty())
    tree.put("platform",
             parameters::parse_flag_value(flags.platform, "--platform " + flags.platform));
  if (tree.find("workload") == nullptr)
    throw Error({}, "a FILE or --workload, such as --workload '{tree_reduction: {elements: 1024}}'",
                "neither");
  if (tree.find("platform") == nullptr)
    tree.put("platform", parameters::ParameterTree::make_scalar("aws-2020", {}));
  parameters::apply_settings(tree, flags.settings);
  return tree;
}

dag::DagForm form_of(const DagFlags& flags) {
  return flags.form == "numpywren" ? dag::DagForm::numpywren : dag::DagForm::dask;
}

std::string parameters_in_words(const experiment::WorkloadSetup& workload) {
  std::string text = workload.name();
  for (const parameters::EffectiveParameter& parameter : workload.in_short())
    text += fmt::format(" {}={}", parameter.path.back(), parameters::to_text(parameter.value));
  return text;
}

ExitCode show_info(const DagFlags& flags) {
  const experiment::Catalog catalog = experiment::program_catalog();
  const parameters::ParameterTree tree = dag_tree(flags);
  const experiment::WorkloadSetup workload = experiment::make_workload(tree, catalog);
  std::vector<parameters::EffectiveParameter> effective;
  const platform::PlatformSpec platform = experiment::make_platform(tree, catalog, effective);
  const dag::Dag dag = workload.make_dag(form_of(flags));
  report_warnings(dag.remarks());
  const std::string what = parameters_in_words(workload) + ", form " + flags.form;
  print(text::wrapped_text(what, text::output_width()) + "\n" +
        report::report_dag(dag, platform, text::output_width()));
  return kSuccess;
}

// Tasks have times of their own, and not those on a function.
bool is_written_down(const experiment::WorkloadSetup& workload) {
  constexpr std::string_view kOwn[] = {"wfformat", "dag", "dot", "csv"};
  return std::find(std::begin(kOwn), std::end(kOwn), workload.name()) != std::end(kOwn);
}

ExitCode write_dag(const DagFlags& flags) {
  if (!names_dag_file(flags.output) && flags.output != "-")
    throw Error({flags.output, 0, ""}, kDagFilesExpected, "\"" + flags.output + "\"");
  const experiment::Catalog catalog = experiment::program_catalog();
  const parameters::ParameterTree tree = dag_tree(flags);
  const experiment::WorkloadSetup workload = experiment::make_workload(tree, catalog);
  files::FileRoles roles;
  roles.reads("the input", flags.file);
  for (const parameters::EffectiveParameter& parameter : workload.effective)
    if (!parameter.content.empty() && parameters::to_text(parameter.value) != flags.file)
      roles.reads(parameters::path_text(parameter), parameters::to_text(parameter.value));
  roles.writes("the output", flags.output);
  const dag::Dag dag = workload.make_dag(form_of(flags));
  std::vector<parameters::EffectiveParameter> effective;
  const platform::PlatformSpec platform = experiment::make_platform(tree, catalog, effective);
  const std::vector<Duration> times =
      dag::task_times(dag, platform.compute, experiment::function_limits(platform).vcpus);
  DagFile file{flags.output, workload.name()};
  if (!is_written_down(workload)) file.run_times = times;
  write_dag_file(dag, file);
  return kSuccess;
}

void add_source_flags(command_line::Command command, DagFlags& flags) {
  command.value("--workload", flags.workload, "The workload, as in an experiment: {key: {...}}");
  command.value("--platform", flags.platform,
                "Where tasks take the times that are shown (default: aws-2020)");
  command.value("--form", flags.form, "Whose formulation of the computation")
      .one_of({"dask", "numpywren"})
      .shows_default();
  command.value("--set", flags.settings, "KEY=VALUE, as for wukong run; may be given again")
      .repeatable();
}

void add_subcommand(command_line::Command dag, const std::string& name,
                    const std::string& description, const std::string& examples,
                    ExitCode (*work)(const DagFlags&),
                    void (*add_flags)(command_line::Command, DagFlags&)) {
  command_line::Command command = dag.add_command(name, description);
  command.footer("Examples:\n" + examples);
  const auto flags = std::make_shared<DagFlags>();
  add_flags(command, *flags);
  command.does([flags, work] { return work(*flags); });
}

void add_info_flags(command_line::Command command, DagFlags& flags) {
  command.value("FILE", flags.file, "A DAG (.yaml, .dot, .csv, .json) or an experiment (.yaml)");
  add_source_flags(command, flags);
}

void add_generate_flags(command_line::Command command, DagFlags& flags) {
  add_info_flags(command, flags);
  command.value(
      "-o,--output", flags.output,
      "Where it goes: .json for WfFormat, .dot or .gv for Graphviz, .yaml, or .csv for two tables "
      "(-: WfFormat on stdout)");
}

void add_convert_flags(command_line::Command command, DagFlags& flags) {
  command.value("INPUT", flags.file, "A DAG: .json for WfFormat, .dot, .gv, .yaml or .csv")
      .required();
  command.value("OUTPUT", flags.output, "A file that ends in one of those").required();
}

ExitCode convert_dag(const DagFlags& flags) {
  if (!names_dag_file(flags.file))
    throw Error({flags.file, 0, ""}, kDagFilesExpected, "\"" + flags.file + "\"");
  return write_dag(flags);
}

}  // namespace

void add_dag_command(command_line::Command program) {
  command_line::Command dag =
      program.add_command("dag", "Looks at a workload's DAG, or writes it to a file");
  dag.require_command();
  add_subcommand(dag, "info", "Counts, bytes, work and span of a DAG",
                 "  wukong dag info configs/quickstart.yaml\n"
                 "  wukong dag info workflow.json\n"
                 "  wukong dag info --workload '{tsqr: {rows: 4194304, columns: 128}}' \\\n"
                 "    --form numpywren",
                 show_info, add_info_flags);
  add_subcommand(dag, "generate", "Writes a workload's DAG to a file",
                 "  wukong dag generate --workload '{tree_reduction: {elements: 16}}' \\\n"
                 "    -o tree.dot\n"
                 "  wukong dag generate configs/quickstart.yaml -o tsqr.json",
                 write_dag, add_generate_flags);
  add_subcommand(dag, "convert", "Converts a DAG between WfFormat, Graphviz, YAML and CSV",
                 "  wukong dag convert workflow.json workflow.dot\n"
                 "  wukong dag convert graph.dot graph.tasks.csv",
                 convert_dag, add_convert_flags);
}

}  // namespace wukong::commands
