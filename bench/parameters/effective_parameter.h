// A parameter as a run uses it: what `--explain` and the result document show.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "bench/parameters/parameter_tree.h"
#include "bench/text/digest.h"

namespace wukong::parameters {

// No value. Its copies are written out, so that it is not trivial: of a variant whose alternatives
// are all trivial, texts or vectors, g++ 12's library takes for granted that it holds one, and
// calls into nothing when memory runs out in the middle of a copy.
struct None {
  None() = default;
  None(const None&) noexcept {}
  None& operator=(const None&) noexcept { return *this; }
  bool operator==(const None&) const = default;
};

// What a value may be; None: a parameter that may be absent is.
using ParameterValue = std::variant<None, bool, int64_t, double, std::string, std::vector<double>>;

struct EffectiveParameter {
  std::vector<std::string> path;  // e.g. {"platform", "functions", "memory_mb"}
  ParameterValue value;
  Origin origin;
  std::string source;        // the documentation of the value, from its preset; may be empty
  std::string content = {};  // of the file that the value names: a digest; empty: it names none
};

// What tells the parameter from others in the identity of a result: its path, its value and the
// content of the file that it names.
void add_identity(const EffectiveParameter& parameter, text::Digest& digest);

// As it would be written in YAML.
std::string to_text(const ParameterValue& value);
// "platform.functions.memory_mb"
std::string path_text(const EffectiveParameter& parameter);
// The unit that the key ends in, for people: `keep_alive_s` is in "s", `price_usd_per_gb_s` in
// "$/GB-s"; "" if it has none.
std::string unit_of_key(std::string_view key);

}  // namespace wukong::parameters
