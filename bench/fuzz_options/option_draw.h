// Draws values for options, near their bounds and near what a preset has there.
#pragma once

#include <string>
#include <vector>

#include "bench/fuzz_options/fuzz_settings.h"
#include "bench/fuzz_options/option_list.h"
#include "sim/base/random.h"

namespace wukong::fuzz_options {

struct DrawnOption {
  std::string value;  // as YAML has it
  // So far from what the preset has that a run may take as long as it will: only that it takes no
  // harm can be asked of it, not that it ends.
  bool extreme = false;
};

// Within the option's bounds. What has a reason for its upper bound, such as memory, is not driven
// to it.
DrawnOption draw_value(const Option& option, RandomStream& random);

// Sets a few of the options, each as likely as any other; of a table's entries rather those that
// `texts` name. What `settings` has already stays. True if one is extreme.
bool draw_options(const std::vector<Option>& options, const std::vector<std::string>& texts,
                  size_t count, RandomStream& random, FuzzSettings& settings);

}  // namespace wukong::fuzz_options
