// JSON Schema (draft 7) of the files that people write, for editors that complete and check them:
// made of the structs that read the files and of the program's presets, so that it says what the
// reader accepts. What depends on more than one value (a model's limits, a name that has to exist)
// the reader alone knows.
#pragma once

#include <string>
#include <string_view>

namespace wukong::experiment {
struct Catalog;
}  // namespace wukong::experiment

namespace wukong::schema {

// The kinds of files.
constexpr std::string_view kSchemaNames[] = {"experiment", "sweep", "suite", "dag"};

// The text of the schema of one of these. Throws Error for another name.
std::string schema_text(const experiment::Catalog& catalog, const std::string& name);

}  // namespace wukong::schema
