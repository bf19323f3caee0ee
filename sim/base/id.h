// Dense identifiers: `Id<Tag>` indexes a vector, and ids of different things do not mix.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace wukong {

template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  explicit constexpr Id(size_t value) : value_(static_cast<uint32_t>(value)) {}
  static constexpr Id none() { return Id(); }

  constexpr uint32_t value() const { return value_; }
  constexpr size_t index() const { return value_; }
  constexpr bool valid() const { return value_ != kNone; }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  static constexpr uint32_t kNone = std::numeric_limits<uint32_t>::max();
  uint32_t value_ = kNone;
};

}  // namespace wukong

template <class Tag>
struct std::hash<wukong::Id<Tag>> {
  size_t operator()(wukong::Id<Tag> id) const noexcept { return id.value(); }
};
