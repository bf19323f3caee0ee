// Files as values, and the other way round. Errors are std::runtime_error with the file's name.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>

#include "workloads/kernels/value.h"

namespace wukong::processes {

kernels::Value read_value(const std::filesystem::path& path);
// Sets the stream's fail bit if not all was written.
void write_bytes(std::ostream& stream, const kernels::Value& value);
// The last few lines of a file, joined into one: what a program has said before it failed.
std::string last_lines(const std::filesystem::path& path);

}  // namespace wukong::processes
