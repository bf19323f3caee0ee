#include "workloads/trace_files/minute_counts.h"

#include "sim/base/check.h"

namespace wukong::trace_files {
namespace {

// Seven bits a byte, the lowest first; all but the last have the eighth bit set.
uint64_t take_number(const uint8_t*& next) {
  uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    const uint8_t byte = *next++;
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) == 0) return value;
  }
}

}  // namespace

void MinuteCounts::put(uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<uint8_t>(value | 0x80));
  bytes_.push_back(static_cast<uint8_t>(value));
}

void MinuteCounts::begin_row(traces::TraceFunctionId function) {
  rows_.push_back({function, bytes_.size()});
}

void MinuteCounts::add(int minute, int64_t count) {
  ENSURE(!rows_.empty() && minute > rows_.back().last_minute && minute < kMostMinutes, minute);
  ENSURE(count > 0, count);
  put(static_cast<uint64_t>(minute - rows_.back().last_minute));
  put(static_cast<uint64_t>(count));
  rows_.back().last_minute = minute;
}

MinuteCounts::Cursor MinuteCounts::cursor(size_t row) const {
  Cursor cursor;
  cursor.next_ = bytes_.data() + rows_[row].begin;
  cursor.end_ = bytes_.data() + (row + 1 < rows_.size() ? rows_[row + 1].begin : bytes_.size());
  cursor.advance();
  return cursor;
}

void MinuteCounts::Cursor::advance() {
  if (next_ == end_) {
    minute_ = kMostMinutes;
    count_ = 0;
    return;
  }
  minute_ += static_cast<int>(take_number(next_));
  count_ = static_cast<int64_t>(take_number(next_));
}

}  // namespace wukong::trace_files
