// What a run costs, by item.
#pragma once

#include <array>
#include <string_view>

#include "sim/base/money.h"

namespace wukong::accounting {

enum class CostItem : uint8_t { functions, requests, storage, queue, machines };
constexpr std::string_view kCostItemNames[] = {"functions", "requests", "storage", "queue",
                                               "machines"};
constexpr size_t kCostItems = std::size(kCostItemNames);

class Ledger {
 public:
  void charge(CostItem item, Money amount) { items_[static_cast<size_t>(item)] += amount; }
  void add(const Ledger& other) {
    for (size_t i = 0; i < kCostItems; ++i) items_[i] += other.items_[i];
  }
  Money of(CostItem item) const { return items_[static_cast<size_t>(item)]; }
  Money total() const {
    Money sum;
    for (const Money amount : items_) sum += amount;
    return sum;
  }

 private:
  std::array<Money, kCostItems> items_{};
};

}  // namespace wukong::accounting
