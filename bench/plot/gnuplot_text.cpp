#include "bench/plot/gnuplot_text.h"

#include <fmt/format.h>

#include "bench/text/utf8.h"

namespace wukong::plot {
namespace {

bool is_harmless(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" ,.:;=+-_()/%").find(static_cast<char>(c)) != std::string_view::npos;
}

std::string readable(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  while (const std::optional<size_t> at = text::find_no_text(result)) result[*at] = '?';
  return result;
}

}  // namespace

std::string gnuplot_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : readable(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_harmless(byte))
      result += c;
    else
      result += fmt::format("\\{:03o}", byte);
  }
  return result + "\"";
}

std::string gnuplot_tic_label(std::string_view text) {
  std::string format;
  for (const char c : text) format.append(c == '%' ? 2 : 1, c);
  return gnuplot_text(format);
}

std::string gnuplot_number(double value) { return fmt::format("{:.12g}", value); }

}  // namespace wukong::plot
