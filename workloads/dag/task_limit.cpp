#include "workloads/dag/task_limit.h"

#include <string>

#include "sim/base/error.h"

namespace wukong::dag {

void check_count(std::string_view key, double count, double most, std::string_view what) {
  if (count <= most) return;
  const auto in_words = [what](double number) {
    const bool huge = number >= 1e15;
    const std::string text = huge ? "1e15" : std::to_string(static_cast<int64_t>(number));
    return (huge ? "more than " : "") + text + " " + std::string(what);
  };
  throw Error(ErrorPlace{"", 0, std::string(key)}, "at most " + in_words(most), in_words(count));
}

}  // namespace wukong::dag
