// Whole text files. What cannot be read or written is an Error that names the file and says why.
#pragma once

#include <string>
#include <string_view>

namespace wukong::files {

std::string read_text_file(const std::string& path);

// Writes beside the file first and renames then, so that a reader, or a program that was killed,
// never leaves half a file. `-` is the standard output; what is not a regular file (a pipe, a
// device) is written directly.
void write_text_file(const std::string& path, std::string_view text);

// Throws Error now, before long work, if the file could not be written then: there is no such
// folder, it may not be written to, the path is a folder. Makes no file. Nothing for `-` and for
// "".
void check_can_be_written(const std::string& path);

}  // namespace wukong::files
