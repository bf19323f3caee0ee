// How a plot names axes and numbers: "memory (MB)" for platform.functions.memory_mb, "16 Mi" for
// 16777216, "4.1 M" for 4100000.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace wukong::exports {

// The whole text as a number.
std::optional<double> number_of_text(const std::string& text);

// The last part of a dotted key, with its unit in parentheses; `others` are the study's axes, of
// which one may end in the same word: then the part before it is named, too.
std::string axis_label(const std::string& key, const std::vector<std::string>& others);

// Short, but exactly the value: 65536 is "64 Ki", 1500000 is "1.5 M", 1234567 stays as it is.
std::string exact_label(const std::string& value);

// Short, to three digits if need be.
std::string tic_label(double value);

}  // namespace wukong::exports
