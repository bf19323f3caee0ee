// Text with each run of spaces as one, for tests of what a table says whatever its widths are.
#pragma once

#include <string>

namespace wukong::test {

inline std::string squeeze(const std::string& text) {
  std::string squeezed;
  for (const char c : text)
    if (c != ' ' || squeezed.empty() || squeezed.back() != ' ') squeezed += c;
  return squeezed;
}

}  // namespace wukong::test
