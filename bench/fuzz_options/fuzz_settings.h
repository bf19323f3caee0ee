// Keys and values as in an experiment: {"functions.memory_mb", "1024"}. A name with a dot in it
// stands in quotes, as on the command line.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace wukong::fuzz_options {

using FuzzSettings = std::vector<std::pair<std::string, std::string>>;

// Whether `key` can be set beside them: neither it, nor what it is a part of, nor a part of it is.
bool is_free(const FuzzSettings& settings, const std::string& key);
// In YAML's flow style: {"a.b", "1"}, {"a.c", "2"} -> a: {b: 1, c: 2}
std::string flow_of(const FuzzSettings& settings);

}  // namespace wukong::fuzz_options
