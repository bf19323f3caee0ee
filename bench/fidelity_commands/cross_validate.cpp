#include "bench/fidelity_commands/cross_validate.h"

#include "bench/commands/command.h"
#include "bench/declared/search_bounds.h"
#include "bench/experiment/catalog.h"
#include "bench/files/file_roles.h"
#include "bench/files/marked_block.h"
#include "bench/files/text_file.h"
#include "bench/text/progress_bar.h"
#include "bench/text/version.h"
#include "bench/trust_report/cross_validation_report.h"

namespace wukong::fidelity_commands {

commands::ExitCode run_cross_validation(const CalibrationInputs& inputs,
                                        const trust::CrossValidationOptions& options,
                                        const CrossValidationFiles& files, bool quiet) {
  files::FileRoles roles;
  roles.reads("--plan", inputs.plan);
  roles.writes("--json", files.json);
  roles.writes("--fidelity", files.fidelity);
  files::check_can_be_written(files.json);
  if (!files.fidelity.empty())
    files::check_marked_block(files.fidelity, trust_report::kCrossValidationBlock);
  const reproduction::ReproductionLibrary library(reproduction::embedded_reproduction(),
                                                  kReproductionFolder);
  const calibration::PresetEdition presets = read_presets(inputs);
  const calibration::CalibrationPlan plan = declared::within_declared_bounds(
      read_plan(inputs, library), declared::make_declarations(library.bounds()), presets);
  text::ProgressBar bar(
      quiet ? text::ProgressBar::Form::quiet : text::ProgressBar::form_of_stderr(), "figures");
  trust::CrossValidation result = trust::cross_validate(
      library, plan, experiment::program_catalog(), presets, options,
      [&](size_t done, size_t figures) {
        bar.update(static_cast<double>(done) / static_cast<double>(figures), done, figures);
      });
  result.commit = text::program_commit();
  result.model = model_digest(presets);
  if (!files.json.empty())
    files::write_text_file(files.json, trust_report::cross_validation_document(result));
  if (!files.fidelity.empty())
    files::write_marked_block(files.fidelity, trust_report::kCrossValidationBlock,
                              trust_report::cross_validation_markdown(result));
  if (files.json != "-") commands::print(trust_report::cross_validation_text(result));
  return commands::kSuccess;
}

}  // namespace wukong::fidelity_commands
