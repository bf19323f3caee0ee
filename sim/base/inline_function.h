// A move-only callable that never allocates: the target must fit into `Size` bytes. For what an
// event or an invocation carries, where std::function would cost an allocation and a copy.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include "sim/base/check.h"

namespace wukong {

template <class Signature, size_t Size = 48>
class InlineFunction;

template <class Result, class... Args, size_t Size>
class InlineFunction<Result(Args...), Size> {
 public:
  InlineFunction() = default;

  template <class Target>
    requires(!std::is_same_v<std::remove_cvref_t<Target>, InlineFunction> &&
             std::is_invocable_r_v<Result, std::decay_t<Target>&, Args...>)
  InlineFunction(Target&& target) {
    using Stored = std::decay_t<Target>;
    static_assert(sizeof(Stored) <= Size, "capture less, or give the InlineFunction more room");
    static_assert(alignof(Stored) <= alignof(std::max_align_t));
    static_assert(std::is_nothrow_move_constructible_v<Stored>);
    ::new (storage_) Stored(std::forward<Target>(target));
    call_ = [](void* stored, Args... args) -> Result {
      return (*static_cast<Stored*>(stored))(std::forward<Args>(args)...);
    };
    relocate_ = [](void* from, void* to) noexcept {
      auto* stored = static_cast<Stored*>(from);
      if (to != nullptr) ::new (to) Stored(std::move(*stored));
      stored->~Stored();
    };
  }

  InlineFunction(InlineFunction&& other) noexcept { take(other); }
  InlineFunction& operator=(InlineFunction&& other) noexcept {
    if (this != &other) reset(), take(other);
    return *this;
  }
  ~InlineFunction() { reset(); }

  explicit operator bool() const { return call_ != nullptr; }
  // REQUIRES: it holds a target.
  Result operator()(Args... args) {
    ENSURE(call_ != nullptr);
    return call_(storage_, std::forward<Args>(args)...);
  }

 private:
  void reset() noexcept {
    if (relocate_ != nullptr) relocate_(storage_, nullptr);
    call_ = nullptr;
    relocate_ = nullptr;
  }
  void take(InlineFunction& other) noexcept {
    if (other.relocate_ != nullptr) other.relocate_(other.storage_, storage_);
    call_ = std::exchange(other.call_, nullptr);
    relocate_ = std::exchange(other.relocate_, nullptr);
  }

  Result (*call_)(void*, Args...) = nullptr;
  void (*relocate_)(void* from, void* to) noexcept = nullptr;
  alignas(std::max_align_t) std::byte storage_[Size];
};

}  // namespace wukong
