#include "bench/schema/command_schema.h"

#include <memory>
#include <string>
#include <vector>

#include "bench/command_line/command.h"
#include "bench/commands/command.h"
#include "bench/experiment/catalog.h"
#include "bench/files/text_file.h"
#include "bench/schema/experiment_schema.h"

namespace wukong::schema {

void add_schema_command(command_line::Command program) {
  command_line::Command command = program.add_command(
      "schema", "Prints the JSON Schema of a kind of file, for editors that complete and check it");
  command.footer(
      "A first line such as this one, with a path to the schema, makes VS Code and other editors "
      "with yaml-language-server complete and check a file.\n\n"
      "  # yaml-language-server: $schema=experiment.schema.json\n\n"
      "Examples:\n"
      "  wukong schema experiment > experiment.schema.json\n"
      "  wukong schema sweep -o sweep.schema.json");
  const auto name = std::make_shared<std::string>();
  const auto output = std::make_shared<std::string>("-");
  command.value("KIND", *name, "Of which kind of file")
      .required()
      .one_of({std::begin(kSchemaNames), std::end(kSchemaNames)});
  command.value("-o,--output", *output, "Where it goes (-: stdout)");
  command.does([name, output] {
    files::write_text_file(*output, schema_text(experiment::program_catalog(), *name));
    return commands::kSuccess;
  });
}

}  // namespace wukong::schema
