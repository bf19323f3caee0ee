#include "bench/fidelity_commands/list_parameters.h"

#include <fmt/format.h>

#include "bench/commands/command.h"
#include "bench/declared/list_report.h"
#include "bench/files/file_roles.h"
#include "bench/files/marked_block.h"
#include "bench/files/text_file.h"

namespace wukong::fidelity_commands {

commands::ExitCode run_list(const CalibrationInputs& inputs, const ListFiles& files) {
  files::FileRoles roles;
  roles.reads("--plan", inputs.plan);
  roles.writes("--json", files.json);
  roles.writes("--fidelity", files.fidelity);
  files::check_can_be_written(files.json);
  if (!files.fidelity.empty()) files::check_marked_block(files.fidelity, declared::kListBlock);
  const reproduction::ReproductionLibrary library(reproduction::embedded_reproduction(),
                                                  kReproductionFolder);
  const calibration::CalibrationPlan plan = read_plan(inputs, library);
  const calibration::PresetEdition presets = read_presets(inputs);
  const declared::Declarations declarations = declared::make_declarations(library.bounds());
  const declared::ParameterList list =
      declared::list_parameters(declarations, library, plan, presets.presets());
  if (!files.json.empty()) files::write_text_file(files.json, declared::list_document(list));
  if (!files.fidelity.empty())
    files::write_marked_block(files.fidelity, declared::kListBlock, declared::list_markdown(list));
  if (files.json != "-") commands::print(declared::list_text(list));
  return commands::kSuccess;
}

}  // namespace wukong::fidelity_commands
