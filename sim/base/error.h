// The one error type for what comes from outside: files, YAML, flags. Its text is a single line
// with the place (file, line, key) and what was expected and found. The program prints it and
// exits 2.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>

namespace wukong {

struct ErrorPlace {
  std::string file;  // empty: not in a file, e.g. a command-line flag
  int line = 0;      // 1-based; 0: unknown
  std::string key;   // dotted path, e.g. workload.tsqr.rows; empty: none
};

// The beginning of `text`, and "..." if there is more.
std::string shortened(const std::string& text, size_t most);

class Error : public std::runtime_error {
 public:
  Error(ErrorPlace place, const std::string& message);
  // "<place>: expected <expected>, found <found>"
  Error(ErrorPlace place, const std::string& expected, const std::string& found);

  const ErrorPlace& place() const { return place_; }

 private:
  ErrorPlace place_;
};

// What is asked for exceeds what one system has: another one may be able to do it. Whoever runs
// several runs the others; nothing is wrong with the input.
class LimitError final : public Error {
 public:
  using Error::Error;
};

// ` (did you mean "x"?)` for the candidate nearest to `word` by edit distance, or "" if none is
// near.
template <class Candidates>
std::string did_you_mean(const std::string& word, const Candidates& candidates);

// Levenshtein distance, case-insensitive.
size_t edit_distance(const std::string& a, const std::string& b);

template <class Candidates>
std::string did_you_mean(const std::string& word, const Candidates& candidates) {
  // At most half of the word is wrong, and something of it is right.
  size_t best = std::max<size_t>(2, word.size() / 2 + 1);
  std::string nearest;
  for (const auto& candidate : candidates) {
    const std::string name(candidate);
    const size_t distance = edit_distance(word, name);
    if (distance < best && distance < std::max(word.size(), name.size()))
      best = distance, nearest = name;
  }
  return nearest.empty() ? "" : " (did you mean \"" + nearest + "\"?)";
}

}  // namespace wukong
