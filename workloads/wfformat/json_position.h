// Where a value stands in the text of a JSON document, for error messages: a parsed value does not
// know its line, so the text is walked again, once a complaint is made.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace wukong::wfformat {

// The offset of the value at `path`, e.g. `workflow.tasks[3].name`; nothing if it is not there.
// REQUIRES: `text` is valid JSON.
std::optional<size_t> json_offset(std::string_view text, std::string_view path);

// The offset of the first member whose key its object already has; nothing if all are different.
// REQUIRES: `text` is valid JSON.
std::optional<size_t> duplicate_key_offset(std::string_view text);

// The number of the line that holds `offset`, from 1.
int line_at(std::string_view text, size_t offset);

}  // namespace wukong::wfformat
