#include "bench/fidelity_commands/reproduction_trust.h"

#include "bench/command_line/command.h"
#include "bench/declared/search_bounds.h"
#include "bench/experiment/catalog.h"
#include "bench/fidelity_commands/calibration_inputs.h"
#include "bench/files/text_file.h"
#include "bench/text/progress_bar.h"
#include "bench/trust/ensemble.h"
#include "bench/trust/intervals.h"
#include "bench/trust_report/cross_validation_report.h"
#include "bench/trust_report/sensitivity_report.h"

namespace wukong::fidelity_commands {
namespace {

text::ProgressBar::Form bar_form(bool quiet) {
  return quiet ? text::ProgressBar::Form::quiet : text::ProgressBar::form_of_stderr();
}

reproduction::Intervals find_intervals(const reproduction::ReproductionLibrary& library,
                                       const calibration::CalibrationPlan& plan,
                                       const calibration::PresetEdition& presets,
                                       const TrustFlags& flags,
                                       const reproduction::ReproductionOptions& options,
                                       bool quiet) {
  const experiment::Catalog catalog = experiment::program_catalog();
  trust::EnsembleOptions drawn;
  drawn.sampler.members = flags.members;
  drawn.sampler.slack = flags.slack;
  drawn.threads = options.threads;
  trust::Ensemble ensemble;
  {
    text::ProgressBar bar(bar_form(quiet), "sets of parameters");
    ensemble = trust::draw_ensemble(library, plan, catalog, presets, drawn, [&](double share) {
      const double members = static_cast<double>(flags.members);
      bar.update(share, static_cast<size_t>(share * members), flags.members);
    });
  }
  text::ProgressBar bar(bar_form(quiet), "runs of the ensemble");
  return trust::measure_intervals(library, ensemble, catalog, presets, options,
                                  [&](const reproduction::CampaignProgress& progress) {
                                    bar.update(progress.work_done, progress.runs_done,
                                               progress.runs);
                                  });
}

trust::Sensitivity find_sensitivity(const reproduction::ReproductionLibrary& library,
                                    const calibration::CalibrationPlan& plan,
                                    const calibration::PresetEdition& presets,
                                    reproduction::ReproductionOptions options, bool quiet) {
  options.replicates = 1;  // with the same seed everywhere
  text::ProgressBar bar(bar_form(quiet), "runs with one parameter changed");
  return trust::measure_sensitivity(library, plan, experiment::program_catalog(), presets, options,
                                    [&](const reproduction::CampaignProgress& progress) {
                                      bar.update(progress.work_done, progress.runs_done,
                                                 progress.runs);
                                    });
}

}  // namespace

std::string TrustResults::html() const {
  std::string html;
  if (cross_validation) html += trust_report::cross_validation_html(*cross_validation);
  if (!is_cross_validation_current)
    html +=
        "<p class=\"bad\">This prediction is of another program or of other presets than the rest "
        "of "
        "the page: the errors of the fit differ, and those of the prediction may.</p>\n";
  if (sensitivity) html += trust_report::sensitivity_html(*sensitivity);
  return html;
}

std::string TrustResults::text() const {
  return sensitivity ? trust_report::sensitivity_text(*sensitivity) : "";
}

std::vector<command_line::Flag> add_reproduction_trust_flags(command_line::Command command,
                                                             TrustFlags& flags) {
  const command_line::Flag intervals =
      command.given("--intervals", flags.intervals,
                    "Every value with its interval over sets of parameters that fit almost as well "
                    "(minutes)");
  const command_line::Flag members =
      command.value("--members", flags.members, "--intervals: how many sets")
          .within(2, 10000)
          .shows_default()
          .needs(intervals);
  const command_line::Flag slack =
      command
          .value("--slack", flags.slack,
                 "--intervals: how much worse they may fit, as a share of the presets' loss")
          .within_reals(0.001, 10)
          .shows_default()
          .needs(intervals);
  const command_line::Flag sensitivity =
      command.given("--sensitivity", flags.sensitivity,
                    "What each free parameter moves, at 20 % and at 5 % less and more (minutes)");
  const command_line::Flag cross_validation =
      command.value("--cross-validation", flags.cross_validation,
                    "Shows the document that wukong calibrate --cross-validate --json has written");
  return {intervals, members, slack, sensitivity, cross_validation};
}

TrustResults read_trust(const TrustFlags& flags, const reproduction::ReproductionOptions& options) {
  if ((flags.intervals || flags.sensitivity) && !options.settings.empty())
    throw Error({"", 0, "--set"}, "the presets as they are, with --intervals or --sensitivity",
                options.settings.front());
  TrustResults results;
  if (flags.cross_validation.empty()) return results;
  results.cross_validation = trust_report::read_cross_validation(
      files::read_text_file(flags.cross_validation), flags.cross_validation);
  results.is_cross_validation_current =
      results.cross_validation->model == model_digest(read_presets({}));
  return results;
}

void measure_trust(const reproduction::ReproductionLibrary& library, const TrustFlags& flags,
                   const reproduction::ReproductionOptions& options, bool quiet,
                   TrustResults& results) {
  if (!flags.intervals && !flags.sensitivity) return;
  const calibration::PresetEdition presets = read_presets({});
  const calibration::CalibrationPlan plan = read_plan({}, library);
  if (flags.intervals)
    results.intervals =
        find_intervals(library,
                       declared::within_declared_bounds(
                           plan, declared::make_declarations(library.bounds()), presets),
                       presets, flags, options, quiet);
  if (flags.sensitivity)
    results.sensitivity = find_sensitivity(library, plan, presets, options, quiet);
}

}  // namespace wukong::fidelity_commands
