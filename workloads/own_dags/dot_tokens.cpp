#include "workloads/own_dags/dot_tokens.h"

#include <algorithm>
#include <cctype>

#include "sim/base/error.h"

namespace wukong::own_dags {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

bool starts_id(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalpha(byte) != 0 || c == '_' || byte >= 0x80;
}

bool in_id(char c) { return starts_id(c) || std::isdigit(static_cast<unsigned char>(c)) != 0; }

class Scanner {
 public:
  Scanner(const std::string& file, std::string_view text) : file_(file), text_(text) {}

  std::vector<DotToken> tokens() {
    std::vector<DotToken> tokens;
    do tokens.push_back(next());
    while (tokens.back().kind != DotToken::Kind::end);
    return tokens;
  }

 private:
  char at(size_t ahead) const {
    return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
  }
  bool done() const { return position_ >= text_.size(); }

  void advance(size_t count = 1) {
    for (; count > 0 && !done(); --count)
      if (text_[position_++] == '\n') ++line_;
  }

  [[noreturn]] void fail(int line, const std::string& expected, const std::string& found) const {
    throw Error(ErrorPlace{file_, line, ""}, expected, found);
  }

  // Blanks, comments, and lines of a preprocessor.
  void skip() {
    while (!done()) {
      if (is_blank(at(0))) {
        advance();
      } else if (at(0) == '#' || (at(0) == '/' && at(1) == '/')) {
        while (!done() && at(0) != '\n') advance();
      } else if (at(0) == '/' && at(1) == '*') {
        const int line = line_;
        const size_t end = text_.find("*/", position_ + 2);
        if (end == std::string_view::npos) fail(line, "the end of a comment", "that of the file");
        advance(end + 2 - position_);
      } else {
        return;
      }
    }
  }

  DotToken next() {
    skip();
    DotToken token;
    token.line = line_;
    if (done()) return token;
    const char c = at(0);
    if (c == '"') return quoted();
    if (c == '<') return markup();
    if (starts_id(c)) return word([](char next) { return in_id(next); });
    const bool signed_number =
        c == '-' && (std::isdigit(static_cast<unsigned char>(at(1))) != 0 || at(1) == '.');
    if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.' || signed_number)
      return word([](char next) { return in_id(next) || next == '.' || next == '+'; });
    token.kind = DotToken::Kind::symbol;
    const bool edge = c == '-' && (at(1) == '>' || at(1) == '-');
    if (!edge && std::string_view("{}[];,=:").find(c) == std::string_view::npos)
      fail(line_, "a word of DOT, or one in quotes", "\"" + std::string(1, c) + "\"");
    token.text = text_.substr(position_, edge ? 2 : 1);
    advance(token.text.size());
    return token;
  }

  template <class InWord>
  DotToken word(InWord in_word) {
    DotToken token{DotToken::Kind::id, "", true, line_};
    do {
      token.text += at(0);
      advance();
    } while (!done() && in_word(at(0)));
    return token;
  }

  // Parts that are joined by +. A backslash stands before a quote, another one, or the end of a
  // line, which then is none; \n is the end of a line.
  DotToken quoted() {
    DotToken token{DotToken::Kind::id, "", false, line_};
    while (true) {
      add_quoted(token);
      const size_t position = position_;
      const int line = line_;
      skip();
      if (at(0) == '+') {
        advance();
        skip();
        if (at(0) == '"') continue;
        fail(line_, "a text in quotes after +", done() ? "the end of the file" : text_of_next());
      }
      position_ = position, line_ = line;
      return token;
    }
  }

  std::string text_of_next() const { return "\"" + std::string(1, at(0)) + "\""; }

  void add_quoted(DotToken& token) {
    const int line = line_;
    advance();
    while (!done() && at(0) != '"') {
      if (at(0) == '\\' && (at(1) == '"' || at(1) == '\\' || at(1) == 'n' || at(1) == '\n')) {
        if (at(1) != '\n') token.text += at(1) == 'n' ? '\n' : at(1);
        advance(2);
        continue;
      }
      token.text += at(0);
      advance();
    }
    if (done()) fail(line, "a closing quote", "the end of the file");
    advance();
  }

  // <b>text</b> between < and >, as it stands.
  DotToken markup() {
    DotToken token{DotToken::Kind::id, "", false, line_};
    int depth = 0;
    do {
      if (done()) fail(token.line, "the end of a text in < >", "the end of the file");
      depth += at(0) == '<' ? 1 : at(0) == '>' ? -1 : 0;
      token.text += at(0);
      advance();
    } while (depth > 0);
    return token;
  }

  const std::string& file_;
  std::string_view text_;
  size_t position_ = 0;
  int line_ = 1;
};

}  // namespace

bool DotToken::is_word(std::string_view word) const {
  return kind == Kind::id && plain &&
         std::equal(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == b;
         });
}

std::vector<DotToken> dot_tokens(const std::string& file, std::string_view text) {
  return Scanner(file, text).tokens();
}

}  // namespace wukong::own_dags
