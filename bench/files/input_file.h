// Reads the files that an experiment's parameters name. The only place where the program opens one,
// so that none can be read without being part of what a result depends on (ParameterReader::file).
#pragma once

#include <string>

namespace wukong::files {

// The whole content. Throws Error, placed at the file, that says what `path` is instead of a
// readable file: there is none, a folder, a device (which may have no end), more than a gibibyte.
std::string read_input_file(const std::string& path);

}  // namespace wukong::files
