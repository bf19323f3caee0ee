// The words of a file in Graphviz's DOT language, with the lines on which they stand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wukong::own_dags {

struct DotToken {
  enum class Kind { id, symbol, end };
  Kind kind = Kind::end;
  std::string text;    // of a symbol: one of { } [ ] ; , = : -> --
  bool plain = false;  // an id without quotes, which may be a keyword
  int line = 0;

  bool is(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
  // Whatever its case, as DOT has it.
  bool is_word(std::string_view word) const;
};

// The last one is the end. Throws Error with file and line.
std::vector<DotToken> dot_tokens(const std::string& file, std::string_view text);

}  // namespace wukong::own_dags
