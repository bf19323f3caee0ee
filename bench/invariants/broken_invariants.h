// What did not hold in a run: a sentence each, no sentence twice, and not too many of them. Owned
// by the checker, shared by its parts.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace wukong::invariants {

class BrokenInvariants {
 public:
  // The sentence is made only where it is needed: most invariants hold, millions of times a run.
  template <class... Values>
    requires(sizeof...(Values) > 0)
  void expect(bool holds, fmt::format_string<Values...> sentence, Values&&... values) {
    if (!holds) add(fmt::format(sentence, std::forward<Values>(values)...));
  }
  void expect(bool holds, const char* sentence) {
    if (!holds) add(sentence);
  }
  void expect(bool holds, const std::string& sentence) {
    if (!holds) add(sentence);
  }
  const std::vector<std::string>& sentences() const { return sentences_; }

 private:
  void add(const std::string& sentence);

  std::vector<std::string> sentences_;
};

}  // namespace wukong::invariants
