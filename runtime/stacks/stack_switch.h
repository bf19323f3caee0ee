// What the sanitizers must be told when a thread continues on another stack (docs/hacking.md).
// Without sanitizers this does nothing.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define WUKONG_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WUKONG_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define WUKONG_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WUKONG_TSAN 1
#endif
#endif

#if defined(WUKONG_ASAN)
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(WUKONG_TSAN)
#include <sanitizer/tsan_interface.h>
#endif

// ThreadSanitizer counts calls and returns on the stack that it takes for the present one; so a
// switch is told to it in no function of its own.
#define WUKONG_INLINE [[gnu::always_inline]] inline

namespace wukong::stacks {

// How much larger a stack must be for the space that a sanitizer puts between variables.
#if defined(WUKONG_ASAN)
inline constexpr size_t kStackFactor = 8;
#else
inline constexpr size_t kStackFactor = 1;
#endif

// One of the two sides of a switch: the stack of a container or a fiber, or that of who runs it.
class StackSide {
 public:
  // This side is left for `other`. `for_good`: it will not run again; its functions return yet, so
  // ThreadSanitizer is told by the other side, when it enters.
  WUKONG_INLINE void leave([[maybe_unused]] const StackSide& other,
                           [[maybe_unused]] bool for_good) {
#if defined(WUKONG_ASAN)
    __sanitizer_start_switch_fiber(for_good ? nullptr : &fake_stack_, other.bottom_, other.size_);
#endif
#if defined(WUKONG_TSAN)
    if (!for_good) __tsan_switch_to_fiber(other.fiber_, 0);
#endif
  }
  // This side runs (again); `from` learns where its stack is.
  WUKONG_INLINE void enter([[maybe_unused]] StackSide& from) {
#if defined(WUKONG_ASAN)
    __sanitizer_finish_switch_fiber(fake_stack_, &from.bottom_, &from.size_);
#endif
#if defined(WUKONG_TSAN)
    if (__tsan_get_current_fiber() != fiber_) __tsan_switch_to_fiber(fiber_, 0);
#endif
  }
  void is_this_thread() {
#if defined(WUKONG_TSAN)
    fiber_ = __tsan_get_current_fiber();
#endif
  }
  void is_stack([[maybe_unused]] const void* bottom, [[maybe_unused]] size_t size) {
#if defined(WUKONG_ASAN)
    bottom_ = bottom;
    size_ = size;
#endif
#if defined(WUKONG_TSAN)
    fiber_ = __tsan_create_fiber(0);
#endif
  }
  void is_gone() {
#if defined(WUKONG_TSAN)
    __tsan_destroy_fiber(fiber_);
    fiber_ = nullptr;
#endif
  }

 private:
#if defined(WUKONG_ASAN)
  void* fake_stack_ = nullptr;
  const void* bottom_ = nullptr;
  size_t size_ = 0;
#endif
#if defined(WUKONG_TSAN)
  void* fiber_ = nullptr;
#endif
};

}  // namespace wukong::stacks

#undef WUKONG_INLINE
