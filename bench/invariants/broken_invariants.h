// What did not hold in a run: a sentence each, no sentence twice, and not too many of them. Owned
// by the checker, shared by its parts.
#pragma once

#include <string>
#include <vector>

namespace wukong::invariants {

class BrokenInvariants {
 public:
  void expect(bool holds, const std::string& sentence);
  const std::vector<std::string>& sentences() const { return sentences_; }

 private:
  std::vector<std::string> sentences_;
};

}  // namespace wukong::invariants
