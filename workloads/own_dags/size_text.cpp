#include "workloads/own_dags/size_text.h"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <utility>

namespace wukong::own_dags {
namespace {

constexpr double kMostBytes = 1e15;

using Unit = std::pair<std::string_view, int64_t>;
constexpr std::array kDecimalUnits = {Unit{"TB", 1'000'000'000'000}, Unit{"GB", 1'000'000'000},
                                      Unit{"MB", 1'000'000}, Unit{"kB", 1'000}, Unit{"B", 1}};
constexpr std::array kBinaryUnits = {Unit{"TiB", int64_t{1} << 40}, Unit{"GiB", int64_t{1} << 30},
                                     Unit{"MiB", int64_t{1} << 20}, Unit{"KiB", int64_t{1} << 10}};

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

std::optional<double> factor_of(std::string_view unit) {
  if (unit.empty()) return 1;
  for (const auto& [name, factor] : kDecimalUnits)
    if (same_word(unit, name)) return static_cast<double>(factor);
  for (const auto& [name, factor] : kBinaryUnits)
    if (same_word(unit, name)) return static_cast<double>(factor);
  return std::nullopt;
}

}  // namespace

std::optional<Bytes> read_size(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  while (text.starts_with(' ')) text.remove_prefix(1);
  const std::optional<double> factor = factor_of(text);
  // Not a number is within no bounds.
  if (!factor || !(number >= 0 && number * *factor <= kMostBytes)) return std::nullopt;
  return Bytes(std::llround(number * *factor));
}

std::string size_text(Bytes size) {
  const int64_t count = size.count();
  for (const auto& [name, factor] : kDecimalUnits)
    if (factor > 1 && count > 0 && count % factor == 0)
      return std::to_string(count / factor) + std::string(name);
  return std::to_string(count);
}

}  // namespace wukong::own_dags
