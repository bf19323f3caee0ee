// Traces from texts, and their invocations as texts, for tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "workloads/traces/trace.h"

namespace wukong::test {

inline std::vector<traces::Invocation> all_of(const traces::Trace& trace,
                                              const traces::Wanted& wanted = {}) {
  std::vector<traces::Invocation> invocations;
  const auto source = trace.invocations(wanted);
  for (traces::Invocation invocation; source->next(invocation);) invocations.push_back(invocation);
  return invocations;
}

// "0.5 f 0.1; 2 g 0.3": arrival, function, duration.
inline std::string story_of(const traces::Trace& trace, const traces::Wanted& wanted = {}) {
  const auto number = [](double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
  };
  std::string story;
  for (const traces::Invocation& invocation : all_of(trace, wanted)) {
    if (!story.empty()) story += "; ";
    story += number(invocation.arrival.to_seconds()) + " " +
             trace.functions().function(invocation.function).name + " " +
             number(invocation.duration.to_seconds());
  }
  return story;
}

inline bool in_order(const std::vector<traces::Invocation>& invocations) {
  for (size_t i = 1; i < invocations.size(); ++i)
    if (invocations[i].arrival < invocations[i - 1].arrival) return false;
  return true;
}

inline bool same_invocations(const std::vector<traces::Invocation>& a,
                             const std::vector<traces::Invocation>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if (a[i].arrival != b[i].arrival || a[i].function != b[i].function ||
        a[i].duration != b[i].duration || a[i].payload != b[i].payload)
      return false;
  return true;
}

}  // namespace wukong::test
