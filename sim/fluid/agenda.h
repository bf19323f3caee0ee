// When something is due next, for many things with dense numbers: at most one time for each.
#pragma once

#include <optional>
#include <vector>

#include "sim/base/time.h"
#include "sim/fluid/indexed_heap.h"

namespace wukong::fluid {

class Agenda {
 public:
  // Nothing: not due any more.
  void set(uint32_t id, std::optional<Time> due) {
    if (id >= positions_.size()) positions_.resize(id + 1, kNowhere);
    const auto place = [this](uint32_t moved, uint32_t to) { positions_[moved] = to; };
    const uint32_t position = positions_[id];
    if (position == kNowhere) {
      if (due) heap_.push({due->count_ns(), id}, place);
    } else if (due) {
      heap_.update(position, due->count_ns(), place);
    } else {
      positions_[id] = kNowhere;
      heap_.erase(position, place);
    }
  }

  std::optional<Time> next() const {
    if (heap_.empty()) return std::nullopt;
    return Time::at(Duration::nanoseconds(heap_.top().key));
  }

  // Takes out what is due at `now`, one at a time.
  std::optional<uint32_t> take(Time now) {
    if (heap_.empty() || heap_.top().key > now.count_ns()) return std::nullopt;
    const uint32_t id = heap_.top().id;
    set(id, std::nullopt);
    return id;
  }

 private:
  static constexpr uint32_t kNowhere = 0xffffffff;
  IndexedHeap<int64_t> heap_;
  std::vector<uint32_t> positions_;
};

}  // namespace wukong::fluid
