#include "workloads/trace_files/reordered_rows.h"

#include <algorithm>

namespace wukong::trace_files {

void StartBounds::add(Duration start) {
  if (rows_++ % kBlock == 0) {
    least_.push_back(start);
  } else {
    least_.back() = std::min(least_.back(), start);
  }
}

void StartBounds::finish() {
  for (size_t block = least_.size(); block-- > 1;)
    least_[block - 1] = std::min(least_[block - 1], least_[block]);
}

Duration StartBounds::from_row(int64_t row) const {
  const auto block = static_cast<size_t>(row / kBlock);
  return block < least_.size() ? least_[block] : Duration::max();
}

ReorderedRows::ReorderedRows(std::unique_ptr<InvocationRows> rows, const FunctionNames& names,
                             const StartBounds& bounds)
    : rows_(std::move(rows)), names_(names), bounds_(bounds) {}

bool ReorderedRows::read_row() {
  if (!rows_->next(parsed_)) return false;
  const auto function = names_.find(parsed_.app, parsed_.function);
  if (!function || parsed_.start < bounds_.from_row(read_))
    throw Error(rows_->place(), "what the file had a moment ago", "another row");
  if (waiting_.size() == kMostWaitingRows)
    throw Error(rows_->place(),
                "rows in the order of their times, or nearly so: at most " +
                    std::to_string(kMostWaitingRows) + " that have to wait for earlier ones",
                "more");
  waiting_.push({parsed_.start, read_, *function, parsed_.duration, parsed_.payload});
  ++read_;
  return true;
}

bool ReorderedRows::next(Row& row) {
  while (!ended_ && (waiting_.empty() || waiting_.top().start > bounds_.from_row(read_)))
    ended_ = !read_row();
  if (waiting_.empty()) return false;
  row = waiting_.top();
  waiting_.pop();
  return true;
}

}  // namespace wukong::trace_files
