// The part of a text file that a program writes anew, between two lines that mark it: in Markdown
// "<!-- NAME: begin -->" and "<!-- NAME: end -->". What explains it stands around it.
#pragma once

#include <string>
#include <string_view>

namespace wukong::files {

// `document` with `text` in place of what stands between the markers of `name`. Throws Error naming
// `file` if it has not each marker once, each on a line, begin before end.
std::string with_marked_block(const std::string& document, const std::string& file,
                              std::string_view name, const std::string& text);

// Reads the file, and writes it again with the new block.
void write_marked_block(const std::string& file, std::string_view name, const std::string& text);
// Throws Error now, before long work, if that could not be done then.
void check_marked_block(const std::string& file, std::string_view name);

// Whether the document has a begin of that name.
bool has_marked_block(const std::string& document, std::string_view name);

}  // namespace wukong::files
