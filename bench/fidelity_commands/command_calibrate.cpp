#include "bench/fidelity_commands/command_calibrate.h"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <vector>

#include "bench/calibration/calibration.h"
#include "bench/calibration/calibration_report.h"
#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/experiment/catalog.h"
#include "bench/fidelity_commands/calibration_inputs.h"
#include "bench/fidelity_commands/cross_validate.h"
#include "bench/fidelity_commands/list_parameters.h"
#include "bench/files/file_roles.h"
#include "bench/files/text_file.h"
#include "bench/text/progress_bar.h"

namespace wukong::fidelity_commands {
namespace {

constexpr size_t kEvaluations = 200;

struct CalibrateFlags {
  calibration::CalibrationOptions options;
  std::optional<size_t> evaluations;
  CalibrationInputs inputs;
  std::string json;
  std::string fidelity;
  bool check = false;
  bool list = false;
  bool cross_validate = false;
  bool from_middle = false;
  std::vector<std::string> figures;
  bool quiet = false;
};

// A preset is read, and with --write its new text takes its place; nothing else may be there.
void check_roles(const CalibrateFlags& flags, const calibration::PresetEdition& presets) {
  files::FileRoles roles;
  roles.reads("--plan", flags.inputs.plan);
  roles.writes("--json", flags.json);
  const std::string folder = flags.inputs.presets_folder();
  if (folder.empty()) return;
  for (const parameters::Preset& preset : presets.presets()) {
    const std::string name = fmt::format("{}/{}", preset.kind, preset.name);
    const std::string path = fmt::format("{}/{}.yaml", folder, name);
    if (flags.inputs.write)
      roles.writes("the preset " + name, path);
    else
      roles.reads("the preset " + name, path);
  }
}

std::vector<calibration::StageResult> run_stages(const CalibrateFlags& flags,
                                                 const reproduction::ReproductionLibrary& library,
                                                 const calibration::CalibrationPlan& plan,
                                                 calibration::PresetEdition& presets) {
  calibration::CalibrationOptions options = flags.options;
  options.evaluations = flags.evaluations.value_or(flags.inputs.write ? kEvaluations : 0);
  if (options.starts > 1 && options.evaluations == 0)
    throw Error({"", 0, "--starts"}, "a search: --evaluations or --write", "none");
  options.sensitivity = options.sensitivity || options.evaluations > 0;
  const text::ProgressBar::Form form =
      flags.quiet ? text::ProgressBar::Form::quiet : text::ProgressBar::form_of_stderr();
  // A bar for each stage: the time that is left is that of the stage.
  std::unique_ptr<text::ProgressBar> bar;
  std::string stage;
  return calibration::calibrate(
      library, plan, experiment::program_catalog(), presets, options,
      [&](const calibration::CalibrationProgress& progress) {
        if (bar == nullptr || stage != progress.stage) {
          stage = progress.stage;
          bar.reset();
          bar = std::make_unique<text::ProgressBar>(form, "evaluations of " + stage);
        }
        bar->update(progress.fraction, progress.evaluations_done, progress.evaluations);
      });
}

std::string written_text(const std::vector<std::string>& files) {
  if (files.empty()) return "\nthe presets are as they were\n";
  return fmt::format("\nwritten: {}\n", fmt::join(files, ", "));
}

trust::CrossValidationOptions cross_validation_options(const CalibrateFlags& flags) {
  trust::CrossValidationOptions options;
  options.figures = flags.figures;
  options.evaluations = flags.evaluations.value_or(options.evaluations);
  options.replicates = flags.options.replicates;
  options.threads = flags.options.threads;
  options.from_middle = flags.from_middle;
  return options;
}

commands::ExitCode run_calibrate(const CalibrateFlags& flags) {
  if (flags.list) return run_list(flags.inputs, {flags.json, flags.fidelity});
  if (flags.cross_validate)
    return run_cross_validation(flags.inputs, cross_validation_options(flags),
                                {flags.json, flags.fidelity}, flags.quiet);
  if (!flags.fidelity.empty())
    throw Error({"", 0, "--fidelity"}, "--list or --cross-validate beside it", "none");
  const reproduction::ReproductionLibrary library(reproduction::embedded_reproduction(),
                                                  kReproductionFolder);
  const calibration::CalibrationPlan plan = read_plan(flags.inputs, library);
  calibration::PresetEdition presets = read_presets(flags.inputs);
  check_roles(flags, presets);
  files::check_can_be_written(flags.json);
  const std::vector<calibration::StageResult> results = run_stages(flags, library, plan, presets);
  if (!flags.json.empty())
    files::write_text_file(flags.json,
                           calibration::calibration_document(results, flags.options.replicates));
  std::string text = calibration::report_calibration(results);
  if (flags.inputs.write) {
    for (const calibration::StageResult& result : results)
      for (const calibration::FittedParameter& fitted : result.parameters)
        presets.set_source(*fitted.parameter, calibration::provenance(result, *fitted.parameter));
    text += written_text(presets.write(flags.inputs.presets_folder()));
  }
  if (flags.json != "-") commands::print(text);
  return commands::kSuccess;
}

// What is no fit of the presets. `fit`: flags that are of one only; `runs`: of whatever simulates,
// which a list does not.
void add_trust_flags(command_line::Command command, const std::vector<command_line::Flag>& fit,
                     const std::vector<command_line::Flag>& runs, CalibrateFlags& flags) {
  command_line::Flag list = command.given(
      "--list", flags.list, "Lists every value that is fitted, assumed or chosen, with its bounds");
  command_line::Flag cross_validate = command.given(
      "--cross-validate", flags.cross_validate,
      "Leaves one figure out at a time, fits the rest (--evaluations, default 100), and "
      "predicts it");
  cross_validate.excludes(list);
  for (const command_line::Flag& flag : fit) {
    list.excludes(flag);
    cross_validate.excludes(flag);
  }
  for (const command_line::Flag& flag : runs) list.excludes(flag);
  command.value("--figure", flags.figures, "--cross-validate: only this one; may be given again")
      .repeatable()
      .needs(cross_validate);
  command
      .given("--from-middle", flags.from_middle,
             "--cross-validate: searches begin in the middle of the bounds, not at the presets")
      .needs(cross_validate);
}

void add_flags(command_line::Command command, CalibrateFlags& flags) {
  std::vector<command_line::Flag> fit;
  fit.push_back(
      command.value("--stage", flags.options.stages, "Only this stage; may be given again")
          .repeatable());
  command_line::Flag evaluations =
      command
          .value("--evaluations", flags.evaluations,
                 fmt::format("Searches, with at most so many sets of values for each stage "
                             "(default: none; with --write {})",
                             kEvaluations))
          .within(0, 1000000);
  fit.push_back(
      command
          .value("--starts", flags.options.starts,
                 "Searches from so many points, each with all of --evaluations: the values as they "
                 "are, and others, drawn within a factor of two")
          .within(1, 1000)
          .shows_default());
  std::vector<command_line::Flag> runs{evaluations};
  runs.push_back(command.value("--replicates", flags.options.replicates, "Runs of each point")
                     .within(1, 1000)
                     .shows_default());
  fit.push_back(command.given("--sensitivity", flags.options.sensitivity,
                              "Moves each value by 10 % without a search, too"));
  command_line::Flag check =
      command.given("--check", flags.check, "Only looks at the values as they are (default)");
  fit.push_back(
      command
          .given("--write", flags.inputs.write,
                 "Writes values and provenance into the presets; --evaluations 0: the provenance "
                 "only")
          .excludes(check));
  check.excludes(evaluations);
  fit.push_back(check);
  command.value("--presets", flags.inputs.presets,
                "The folder of the presets (default: those of the program; with --write " +
                    std::string(kPresetsFolder) + ")");
  command.value("--plan", flags.inputs.plan,
                "What is fitted to what (default: the program's calibration.yaml)");
  command.value("--json", flags.json, "Writes the result document to this file (-: stdout)");
  runs.push_back(
      command
          .value("--threads", flags.options.threads, "Runs at the same time (default: all cores)")
          .within(1, 4096));
  add_trust_flags(command, fit, runs, flags);
  command.value("--fidelity", flags.fidelity,
                "Writes what it finds into its block of this Markdown file");
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
      "      searches, and writes configs/presets\n"
      "  wukong calibrate --list\n"
      "      what is fitted, assumed or chosen\n"
      "  wukong calibrate --cross-validate --json cross-validation.json\n"
      "      each figure predicted from the others");
  const auto flags = std::make_shared<CalibrateFlags>();
  add_flags(command, *flags);
  command.does([flags] { return run_calibrate(*flags); });
}

}  // namespace wukong::fidelity_commands
