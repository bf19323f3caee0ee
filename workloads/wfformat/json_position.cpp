#include "workloads/wfformat/json_position.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <span>
#include <string>
#include <vector>

namespace wukong::wfformat {
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

namespace {

// A key that is written with escapes is compared by what it stands for.
std::string key_of(std::string_view written) {
  if (written.find('\\') == std::string_view::npos) return std::string(written);
  const std::string quoted = "\"" + std::string(written) + "\"";
  return std::string(boost::json::parse(quoted).as_string());
}

struct Key {
  std::string text;
  size_t offset = 0;
};

// Of the keys of one object, the first that is there already.
std::optional<size_t> first_repeated(std::span<Key> keys) {
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    return a.text != b.text ? a.text < b.text : a.offset < b.offset;
  });
  std::optional<size_t> first;
  for (size_t i = 1; i < keys.size(); ++i)
    if (keys[i].text == keys[i - 1].text && (!first || keys[i].offset < *first))
      first = keys[i].offset;
  return first;
}

}  // namespace

std::optional<size_t> duplicate_key_offset(std::string_view text) {
  std::vector<Key> keys;       // of all objects that are open, the outermost first
  std::vector<size_t> begins;  // where those of each begin
  std::optional<size_t> first;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') begins.push_back(keys.size());
    if (text[i] == '}') {
      const std::span<Key> own = std::span(keys).subspan(begins.back());
      if (const auto found = first_repeated(own); found && (!first || *found < *first))
        first = found;
      keys.resize(begins.back());
      begins.pop_back();
    }
    if (text[i] != '"') continue;
    const size_t begin = i;
    for (++i; text[i] != '"'; ++i)
      if (text[i] == '\\') ++i;
    const size_t next = text.find_first_not_of(" \t\r\n", i + 1);
    if (next < text.size() && text[next] == ':')
      keys.push_back({key_of(text.substr(begin + 1, i - begin - 1)), begin});
  }
  return first;
}

int line_at(std::string_view text, size_t offset) {
  const auto end = text.begin() + static_cast<ptrdiff_t>(std::min(offset, text.size()));
  return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

}  // namespace wukong::wfformat
