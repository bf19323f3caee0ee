#include "bench/text/table.h"

#include <algorithm>
#include <numeric>

#include "bench/text/display_width.h"
#include "bench/text/utf8.h"
#include "sim/base/check.h"

namespace wukong::text {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kLeastCell = 8;    // a cell is not cut shorter
constexpr size_t kLeastProse = 24;  // prose in a narrower column is hard to read

size_t total(const std::vector<size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), size_t{0}) +
         (widths.empty() ? 0 : kGap * (widths.size() - 1));
}

// Takes from the widest first, so that those that are short stay whole.
void shrink(std::vector<size_t>& widths, size_t most) {
  while (total(widths) > most) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kLeastCell) return;
    --*widest;
  }
}

void append_cell(const std::string& cell, size_t width, bool right, std::string& line) {
  const size_t used = display_width(cell);
  const size_t padding = width - std::min(used, width);
  if (right) line.append(padding, ' ');
  line += cell;
  if (!right) line.append(padding, ' ');
}

void append_line(std::string line, std::string& text) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

}  // namespace

void Table::add_row(std::vector<std::string> cells) {
  ENSURE(cells.size() <= columns_.size(), cells.size(), columns_.size());
  // Names come from files: a line break in one would end the row.
  for (std::string& cell : cells) cell = visible(cell, LineBreaks::shown);
  rows_.push_back({std::move(cells), false});
}

void Table::add_heading(std::string text) { rows_.push_back({{std::move(text)}, true}); }

std::vector<size_t> Table::natural_widths() const {
  std::vector<size_t> widths(columns_.size());
  for (const Row& row : rows_)
    for (size_t i = 0; i < row.cells.size() && !row.heading; ++i)
      widths[i] = std::max(widths[i], display_width(row.cells[i]));
  return widths;
}

Table::Part Table::whole() const {
  Part part{std::vector<size_t>(columns_.size()), natural_widths()};
  std::iota(part.columns.begin(), part.columns.end(), size_t{0});
  return part;
}

// Columns in which nothing stands would only take their gaps from the others.
std::vector<std::vector<size_t>> Table::column_groups(size_t keys) const {
  const std::vector<size_t> widths = natural_widths();
  std::vector<std::vector<size_t>> groups;
  for (size_t column = keys; column < columns_.size(); ++column) {
    const auto next = std::upper_bound(groups_.begin(), groups_.end(), column);
    const bool in_group = next != groups_.begin() && *std::prev(next) != column && !groups.empty();
    if (!in_group) groups.emplace_back();
    if (widths[column] > 0) groups.back().push_back(column);
  }
  std::erase_if(groups, [](const std::vector<size_t>& group) { return group.empty(); });
  return groups;
}

std::vector<size_t> Table::widths_of(const std::vector<size_t>& columns, const Part& part) {
  std::vector<size_t> widths;
  for (const size_t column : columns) widths.push_back(part.widths[column]);
  return widths;
}

std::vector<Table::Part> Table::parts_for(const Fit& fit) const {
  const Part all = whole();
  if (total(all.widths) <= fit.width) return {all};
  const std::vector<std::vector<size_t>> groups = column_groups(fit.keys);
  std::vector<size_t> keys(all.widths.begin(),
                           all.widths.begin() + static_cast<std::ptrdiff_t>(fit.keys));
  size_t widest = 0;  // of the groups
  for (const std::vector<size_t>& group : groups)
    widest = std::max(widest, total(widths_of(group, all)));
  shrink(keys, std::max(fit.width / 2, fit.width - std::min(fit.width, kGap + widest)));
  const size_t used_by_keys = total(keys) + (keys.empty() ? 0 : kGap);
  const size_t room = std::max(kLeastCell, fit.width - std::min(fit.width, used_by_keys));
  std::vector<Part> parts;  // without the keys
  const auto add = [&](const std::vector<size_t>& columns, std::vector<size_t> widths) {
    const bool has_place =
        !parts.empty() && total(parts.back().widths) + kGap + total(widths) <= room;
    if (!has_place) parts.emplace_back();
    Part& part = parts.back();
    part.columns.insert(part.columns.end(), columns.begin(), columns.end());
    part.widths.insert(part.widths.end(), widths.begin(), widths.end());
  };
  for (const std::vector<size_t>& group : groups) {
    const std::vector<size_t> widths = widths_of(group, all);
    if (total(widths) <= room && columns_[group[0]] != Align::prose) {
      add(group, widths);
      continue;
    }
    for (const size_t column : group) {
      const size_t used = parts.empty() ? 0 : total(parts.back().widths) + kGap;
      const size_t left = room - std::min(room, used);
      size_t width = std::min(all.widths[column], room);
      if (columns_[column] == Align::prose && left >= std::min(width, kLeastProse))
        width = std::min(width, left);
      add({column}, {width});
    }
  }
  if (parts.empty()) parts.emplace_back();
  for (Part& part : parts) {
    part.widths.insert(part.widths.begin(), keys.begin(), keys.end());
    for (size_t key = fit.keys; key > 0; --key) part.columns.insert(part.columns.begin(), key - 1);
  }
  return parts;
}

void Table::append_row(const Row& row, const Part& part, std::string& text) const {
  std::vector<std::vector<std::string>> cells;  // the lines of each
  size_t lines = 1;
  for (size_t i = 0; i < part.columns.size(); ++i) {
    const size_t column = part.columns[i];
    const std::string cell = column < row.cells.size() ? row.cells[column] : "";
    if (columns_[column] == Align::prose)
      cells.push_back(wrap_words(cell, part.widths[i]));
    else if (display_width(cell) > part.widths[i])
      cells.push_back({elide_middle(cell, part.widths[i])});
    else
      cells.push_back({cell});
    lines = std::max(lines, cells.back().size());
  }
  for (size_t number = 0; number < lines; ++number) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line.append(kGap, ' ');
      append_cell(number < cells[i].size() ? cells[i][number] : "", part.widths[i],
                  columns_[part.columns[i]] == Align::right, line);
    }
    append_line(std::move(line), text);
  }
}

void Table::append_part(const Part& part, size_t heading_width, std::string& text) const {
  for (const Row& row : rows_) {
    if (!row.heading)
      append_row(row, part, text);
    else
      for (const std::string& line : wrap_words(row.cells[0], heading_width))
        append_line(line, text);
  }
}

std::string Table::to_text() const {
  std::string text;
  append_part(whole(), std::string::npos, text);
  return text;
}

std::string Table::to_text(const Fit& fit) const {
  ENSURE(fit.keys <= columns_.size(), fit.keys, columns_.size());
  std::string text;
  for (const Part& part : parts_for(fit)) {
    if (!text.empty()) text += "\n";
    append_part(part, fit.width, text);
  }
  return text;
}

bool Table::fits(size_t width) const { return total(whole().widths) <= width; }

}  // namespace wukong::text
