#include "workloads/csv/csv_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace wukong::csv {
namespace {

// Of seconds of a trace, since whenever: those of a calendar are 1.7e9.
constexpr Bounds kTraceSeconds{0, 9e9};
constexpr Bounds kTraceMilliseconds{0, 9e12};

std::string plain_number(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e18)
    return std::to_string(static_cast<int64_t>(value));
  return std::to_string(value);
}

std::string from_to(Bounds bounds) {
  return "from " + plain_number(bounds.least) + " to " + plain_number(bounds.most);
}

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

}  // namespace

CsvReader::CsvReader(ByteFilePointer file) : lines_(std::move(file)) {
  const auto line = lines_.next();
  if (!line) throw Error({lines_.file(), 0, ""}, "a CSV file with a header", "an empty file");
  split(*line);
  header_.assign(fields_.begin(), fields_.end());
  std::set<std::string_view> names;
  for (const std::string& name : header_)
    if (!names.insert(name).second)
      throw Error(lines_.place(), "each column once", in_quotes(name) + " a second time");
}

std::optional<ColumnId> CsvReader::find_column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found == header_.end()) return std::nullopt;
  return ColumnId(static_cast<size_t>(found - header_.begin()));
}

ColumnId CsvReader::column(const std::string& name) const {
  if (const auto found = find_column(name)) return *found;
  constexpr size_t kMostShown = 8;
  std::string found;
  for (size_t i = 0; i < header_.size() && i < kMostShown; ++i)
    found += (i == 0 ? "" : ", ") + header_[i];
  if (header_.size() > kMostShown) found += ", ...";
  throw Error({lines_.file(), 1, ""}, "a column " + in_quotes(name),
              in_quotes(found) + did_you_mean(name, header_));
}

void CsvReader::refuse_columns_besides(const std::vector<std::string>& known) const {
  for (const std::string& name : header_)
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw Error({lines_.file(), 1, ""}, "no column but those of the format",
                  in_quotes(name) + did_you_mean(name, known));
}

std::string_view CsvReader::unquoted(std::string_view line, size_t& position) {
  std::string& text = quoted_.emplace_back();
  while (true) {
    const size_t end = line.find('"', position + 1);
    if (end == std::string_view::npos)
      throw Error(lines_.place(), "a closing quote in the same line",
                  in_quotes(line.substr(position + 1)));
    text += line.substr(position + 1, end - position - 1);
    position = end + 1;
    if (position >= line.size() || line[position] != '"') return text;
    text += '"';
  }
}

void CsvReader::split(std::string_view line) {
  fields_.clear();
  quoted_.clear();
  size_t position = 0;
  while (true) {
    if (position < line.size() && line[position] == '"') {
      fields_.push_back(unquoted(line, position));
      if (position < line.size() && line[position] != ',')
        throw Error(lines_.place(), "a comma after a quoted field",
                    in_quotes(line.substr(position)));
    } else {
      const size_t end = std::min(line.find(',', position), line.size());
      fields_.push_back(line.substr(position, end - position));
      position = end;
    }
    if (position == line.size()) return;
    ++position;
  }
}

bool CsvReader::next() {
  const auto line = lines_.next();
  if (!line) return false;
  split(*line);
  if (fields_.size() != header_.size())
    throw Error(lines_.place(), std::to_string(header_.size()) + " fields, as the header has",
                std::to_string(fields_.size()));
  return true;
}

void CsvReader::fail(ColumnId column, const std::string& expected, const std::string& found) const {
  const std::string number = std::to_string(column.index() + 1);
  throw Error(lines_.place("column " + number + " (" + header_[column.index()] + ")"), expected,
              found);
}

void CsvReader::fail(ColumnId column, const std::string& expected) const {
  const std::string_view field = text(column);
  fail(column, expected, field.empty() ? "nothing" : in_quotes(field));
}

std::string CsvReader::name(ColumnId column) const {
  if (text(column).empty()) fail(column, "a name");
  return std::string(text(column));
}

double CsvReader::number(ColumnId column, Bounds bounds) const {
  const std::string_view field = text(column);
  double value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  // Not a number is within no bounds.
  if (error != std::errc() || end != field.data() + field.size() || !bounds.contain(value))
    fail(column, "a number " + from_to(bounds));
  return value;
}

int64_t CsvReader::integer(ColumnId column, Bounds bounds) const {
  const double value = number(column, bounds);
  if (value != std::floor(value)) fail(column, "a whole number " + from_to(bounds));
  return static_cast<int64_t>(value);
}

Duration CsvReader::seconds(ColumnId column) const {
  return Duration::from_seconds(number(column, kTraceSeconds));
}

Duration CsvReader::milliseconds(ColumnId column) const {
  return Duration::from_seconds(number(column, kTraceMilliseconds) * 1e-3);
}

}  // namespace wukong::csv
