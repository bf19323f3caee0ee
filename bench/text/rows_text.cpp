#include "bench/text/rows_text.h"

#include <algorithm>

namespace wukong::text {
namespace {

std::string in_quotes(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

// RFC 4180: quotes where a reader would need them.
std::string csv_field(const std::string& text) {
  return text.find_first_of(",\"\n\r") == std::string::npos ? text : in_quotes(text);
}

std::string semicolon_field(const std::string& text) {
  return text.find_first_of(";\"\n\r") == std::string::npos ? text : in_quotes(text);
}

// A cell is one line without bars.
std::string markdown_field(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  for (size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
    text.insert(at, "\\");
  return text;
}

template <class Field>
std::string joined(const std::vector<std::string>& row, const char* separator, Field field) {
  std::string line;
  for (const std::string& text : row) {
    if (&text != &row.front()) line += separator;
    line += field(text);
  }
  return line;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789+-.e") == std::string::npos;
}

}  // namespace

std::string csv_text(const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  for (const auto& row : rows) text += joined(row, ",", csv_field) + "\n";
  return text;
}

std::string csv_text_with_decimal_commas(std::vector<std::vector<std::string>> rows) {
  std::string text;
  for (auto& row : rows) {
    for (std::string& cell : row)
      if (is_number(cell)) std::replace(cell.begin(), cell.end(), '.', ',');
    text += joined(row, ";", semicolon_field) + "\n";
  }
  return text;
}

std::string markdown_text(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::string> rule;
  for (size_t column = 0; column < rows[0].size(); ++column) {
    const bool numbers = std::all_of(rows.begin() + 1, rows.end(), [&](const auto& row) {
      return row[column].empty() || is_number(row[column]);
    });
    rule.push_back(numbers ? "---:" : "---");
  }
  std::string text = "| " + joined(rows[0], " | ", markdown_field) + " |\n| " +
                     joined(rule, " | ", markdown_field) + " |\n";
  for (size_t i = 1; i < rows.size(); ++i)
    text += "| " + joined(rows[i], " | ", markdown_field) + " |\n";
  return text;
}

}  // namespace wukong::text
