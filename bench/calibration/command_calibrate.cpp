#include "bench/calibration/command_calibrate.h"

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "bench/calibration/calibration.h"
#include "bench/calibration/calibration_report.h"
#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/experiment/catalog.h"
#include "bench/files/file_roles.h"
#include "bench/files/text_file.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/text/progress_bar.h"

namespace wukong::calibration {
namespace {

constexpr const char* kFolder = "configs/reproduction";
constexpr const char* kPresets = "configs/presets";
constexpr size_t kEvaluations = 200;

struct CalibrateFlags {
  CalibrationOptions options;
  std::optional<size_t> evaluations;
  std::string plan;     // empty: the program's own
  std::string presets;  // empty: the program's own; with --write configs/presets
  std::string json;
  bool check = false;
  bool write = false;
  bool quiet = false;
};

CalibrationPlan read_plan(const CalibrateFlags& flags,
                          const reproduction::ReproductionLibrary& library) {
  return make_calibration_plan(flags.plan.empty() ? library.calibration()
                                                  : parameters::read_yaml_file(flags.plan));
}

PresetEdition read_presets(const CalibrateFlags& flags) {
  if (!flags.presets.empty()) return PresetEdition::read(flags.presets);
  if (flags.write) return PresetEdition::read(kPresets);
  return PresetEdition(parameters::embedded_presets());
}

// A preset is read, and with --write its new text takes its place; nothing else may be there.
void check_roles(const CalibrateFlags& flags, const PresetEdition& presets) {
  files::FileRoles roles;
  roles.reads("--plan", flags.plan);
  roles.writes("--json", flags.json);
  const std::string folder = flags.presets.empty() && flags.write ? kPresets : flags.presets;
  if (folder.empty()) return;
  for (const parameters::Preset& preset : presets.presets()) {
    const std::string name = fmt::format("{}/{}", preset.kind, preset.name);
    const std::string path = fmt::format("{}/{}.yaml", folder, name);
    if (flags.write)
      roles.writes("the preset " + name, path);
    else
      roles.reads("the preset " + name, path);
  }
}

std::vector<StageResult> run_stages(const CalibrateFlags& flags,
                                    const reproduction::ReproductionLibrary& library,
                                    const CalibrationPlan& plan, PresetEdition& presets) {
  CalibrationOptions options = flags.options;
  options.evaluations = flags.evaluations.value_or(flags.write ? kEvaluations : 0);
  if (options.starts > 1 && options.evaluations == 0)
    throw Error({"", 0, "--starts"}, "a search: --evaluations or --write", "none");
  options.sensitivity = options.sensitivity || options.evaluations > 0;
  const text::ProgressBar::Form form =
      flags.quiet ? text::ProgressBar::Form::quiet : text::ProgressBar::form_of_stderr();
  // A bar for each stage: the time that is left is that of the stage.
  std::unique_ptr<text::ProgressBar> bar;
  std::string stage;
  return calibrate(library, plan, experiment::program_catalog(), presets, options,
                   [&](const CalibrationProgress& progress) {
                     if (bar == nullptr || stage != progress.stage) {
                       stage = progress.stage;
                       bar.reset();
                       bar = std::make_unique<text::ProgressBar>(form, "evaluations of " + stage);
                     }
                     bar->update(progress.fraction, progress.evaluations_done,
                                 progress.evaluations);
                   });
}

std::string written_text(const std::vector<std::string>& files) {
  if (files.empty()) return "\nthe presets are as they were\n";
  return fmt::format("\nwritten: {}\n", fmt::join(files, ", "));
}

commands::ExitCode run_calibrate(const CalibrateFlags& flags) {
  const reproduction::ReproductionLibrary library(reproduction::embedded_reproduction(), kFolder);
  const CalibrationPlan plan = read_plan(flags, library);
  PresetEdition presets = read_presets(flags);
  check_roles(flags, presets);
  files::check_can_be_written(flags.json);
  const std::vector<StageResult> results = run_stages(flags, library, plan, presets);
  if (!flags.json.empty())
    files::write_text_file(flags.json, calibration_document(results, flags.options.replicates));
  std::string text = report_calibration(results);
  if (flags.write) {
    for (const StageResult& result : results)
      for (const FittedParameter& fitted : result.parameters)
        presets.set_source(*fitted.parameter, provenance(result, *fitted.parameter));
    text += written_text(presets.write(flags.presets.empty() ? kPresets : flags.presets));
  }
  if (flags.json != "-") commands::print(text);
  return commands::kSuccess;
}

void add_flags(command_line::Command command, CalibrateFlags& flags) {
  command.value("--stage", flags.options.stages, "Only this stage; may be given again")
      .repeatable();
  command_line::Flag evaluations =
      command
          .value("--evaluations", flags.evaluations,
                 fmt::format("Searches, with at most so many sets of values for each stage "
                             "(default: none; with --write {})",
                             kEvaluations))
          .within(0, 1000000);
  command
      .value("--starts", flags.options.starts,
             "Searches from so many points, each with all of --evaluations: the values as they "
             "are, and others, drawn within a factor of two")
      .within(1, 1000)
      .shows_default();
  command.value("--replicates", flags.options.replicates, "Runs of each point")
      .within(1, 1000)
      .shows_default();
  command.given("--sensitivity", flags.options.sensitivity,
                "Moves each value by 10 % without a search, too");
  command_line::Flag check =
      command.given("--check", flags.check, "Only looks at the values as they are (default)");
  command
      .given("--write", flags.write,
             "Writes values and provenance into the presets; --evaluations 0: the provenance "
             "only")
      .excludes(check);
  check.excludes(evaluations);
  command.value("--presets", flags.presets,
                "The folder of the presets (default: those of the program; with --write " +
                    std::string(kPresets) + ")");
  command.value("--plan", flags.plan,
                "What is fitted to what (default: the program's calibration.yaml)");
  command.value("--json", flags.json, "Writes the result document to this file (-: stdout)");
  command.value("--threads", flags.options.threads, "Runs at the same time (default: all cores)")
      .within(1, 4096);
  command.given("--quiet", flags.quiet, "Shows no progress");
}

}  // namespace

void add_calibrate_command(command_line::Command program) {
  command_line::Command command =
      program.add_command("calibrate", "Fits the presets' free parameters to the papers' points");
  command.footer(
      "Examples:\n"
      "  wukong calibrate\n"
      "      how near the points are, stage by stage\n"
      "  wukong calibrate --sensitivity --stage Dask\n"
      "      which values the points determine\n"
      "  wukong calibrate --evaluations 100\n"
      "      what a search would give\n"
      "  wukong calibrate --evaluations 100 --starts 5\n"
      "      the best of five searches\n"
      "  wukong calibrate --write\n"
      "      searches, and writes configs/presets");
  const auto flags = std::make_shared<CalibrateFlags>();
  add_flags(command, *flags);
  command.does([flags] { return run_calibrate(*flags); });
}

}  // namespace wukong::calibration
