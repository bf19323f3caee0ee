#include "workloads/json_position.h"

#include <algorithm>
#include <charconv>

namespace wukong::workloads {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) { skip_space(); }

  size_t offset() const { return offset_; }

  // From an object to the value of its member; false, and anywhere, if it has none.
  bool enter_member(std::string_view key) {
    if (!accept('{')) return false;
    while (peek() == '"') {
      const size_t begin = offset_ + 1;
      skip_string();
      const std::string_view name = text_.substr(begin, offset_ - begin - 1);
      skip_space();
      accept(':');
      if (name == key) return true;
      skip_value();
      accept(',');
    }
    return false;
  }

  bool enter_item(size_t index) {
    if (!accept('[')) return false;
    for (; index > 0 && peek() != ']' && !at_end(); --index) {
      skip_value();
      accept(',');
    }
    return index == 0 && peek() != ']';
  }

 private:
  bool at_end() const { return offset_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[offset_]; }

  bool accept(char c) {
    if (peek() != c) return false;
    ++offset_;
    skip_space();
    return true;
  }

  void skip_space() {
    offset_ = std::min(text_.find_first_not_of(" \t\r\n", offset_), text_.size());
  }

  void skip_string() {
    for (++offset_; !at_end() && text_[offset_] != '"'; ++offset_)
      if (text_[offset_] == '\\') ++offset_;
    ++offset_;
  }

  // Past a value and the space behind it. Brackets are counted, so depth costs no stack.
  void skip_value() {
    int depth = 0;
    do {
      const char c = peek();
      if (c == '"') {
        skip_string();
      } else if (c == '{' || c == '[') {
        ++depth;
        ++offset_;
      } else if (c == '}' || c == ']') {
        --depth;
        ++offset_;
      } else if (c == ',' || c == ':') {
        ++offset_;
      } else {
        offset_ = std::min(text_.find_first_of(",:]}[{\" \t\r\n", offset_), text_.size());
      }
      skip_space();
    } while (depth > 0 && !at_end());
  }

  std::string_view text_;
  size_t offset_ = 0;
};

}  // namespace

std::optional<size_t> json_offset(std::string_view text, std::string_view path) {
  Scanner scanner(text);
  while (!path.empty()) {
    if (path.front() == '[') {
      size_t index = 0;
      std::from_chars(path.data() + 1, path.data() + path.size(), index);
      if (!scanner.enter_item(index)) return std::nullopt;
      path.remove_prefix(path.find(']') + 1);
    } else {
      if (path.front() == '.') path.remove_prefix(1);
      const std::string_view key = path.substr(0, path.find_first_of(".["));
      if (!scanner.enter_member(key)) return std::nullopt;
      path.remove_prefix(key.size());
    }
  }
  return scanner.offset();
}

int line_at(std::string_view text, size_t offset) {
  const auto end = text.begin() + static_cast<ptrdiff_t>(std::min(offset, text.size()));
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

}  // namespace wukong::workloads
