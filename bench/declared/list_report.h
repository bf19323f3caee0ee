// `wukong calibrate --list`: the list as a table, as a document and as Markdown.
#pragma once

#include <string>
#include <string_view>

#include "bench/declared/parameter_list.h"

namespace wukong::declared {

// The block of docs/fidelity.md that has the list.
inline constexpr std::string_view kListBlock = "wukong calibrate --list";

std::string list_text(const ParameterList& list);
// Schema wukong.parameters/1.
std::string list_document(const ParameterList& list);
// For that block; ends with a newline.
std::string list_markdown(const ParameterList& list);

}  // namespace wukong::declared
