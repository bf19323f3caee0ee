#include "bench/trace/trace_rows.h"

#include <algorithm>

#include "sim/base/check.h"

namespace wukong::trace {

void TraceRows::add_host(uint32_t host, engine::HostKind kind, std::string_view name) {
  if (hosts_.size() <= host) hosts_.resize(size_t{host} + 1);
  hosts_[host].kind = kind;
  if (kind == engine::HostKind::function)
    hosts_[host].name = "environment " + std::to_string(++environments_);
  else
    hosts_[host].name = name;
}

// The process' own row; else one that is free; else a new one.
uint32_t TraceRows::find_row(uint32_t host, uint32_t process, bool& is_new) {
  uint32_t free = kNone;
  uint32_t last = kNone;
  for (uint32_t row = hosts_[host].first_row; row != kNone; row = rows_[row].next) {
    if (rows_[row].depth > 0 && rows_[row].process == process) return row;
    if (rows_[row].depth == 0 && free == kNone) free = row;
    last = row;
  }
  if (free != kNone) return free;
  is_new = true;
  const auto row = static_cast<uint32_t>(rows_.size());
  Row& made = rows_.emplace_back();
  made.host = host;
  if (last == kNone) {
    hosts_[host].first_row = row;
  } else {
    made.number = rows_[last].number + 1;
    rows_[last].next = row;
  }
  return row;
}

TraceRows::Place TraceRows::begin(uint32_t host, uint32_t process) {
  ENSURE(host < hosts_.size() && "a host is told before what it does", host);
  bool is_new = false;
  const uint32_t number = find_row(host, process, is_new);
  if (free_spans_.empty()) {
    free_spans_.push_back(static_cast<uint32_t>(spans_.size()));
    spans_.emplace_back();
  }
  const uint32_t span = free_spans_.back();
  free_spans_.pop_back();
  Row& row = rows_[number];
  spans_[span] = {number, row.innermost};
  row.process = process;
  row.innermost = span;
  ++row.depth;
  return {number, is_new, span};
}

uint32_t TraceRows::end(uint32_t span) {
  const OpenSpan ended = spans_[span];
  Row& row = rows_[ended.row];
  ENSURE(row.depth > 0 && row.innermost == span, row.depth, row.innermost, span);
  row.innermost = ended.outer;
  --row.depth;
  free_spans_.push_back(span);
  return ended.row;
}

std::string TraceRows::name(uint32_t row) const {
  const std::string& name = hosts_[rows_[row].host].name;
  const uint32_t number = rows_[row].number;
  return number == 1 ? name : name + " (" + std::to_string(number) + ")";
}

uint32_t TraceRows::place(uint32_t row) const {
  constexpr uint32_t kMostPlaces = 1000;
  return rows_[row].host * kMostPlaces + std::min(rows_[row].number, kMostPlaces - 1);
}

}  // namespace wukong::trace
