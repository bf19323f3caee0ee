#include "sim/engine/frame_pool.h"

#include <array>
#include <new>

#include "sim/engine/frame_count.h"

#if defined(__SANITIZE_ADDRESS__)
#define WUKONG_POOL_FRAMES 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WUKONG_POOL_FRAMES 0
#endif
#endif
#ifndef WUKONG_POOL_FRAMES
#define WUKONG_POOL_FRAMES 1
#endif

namespace wukong::engine {
namespace {

constexpr size_t kGranule = 32;
constexpr size_t kLargest = 2048;

struct FreeBlock {
  FreeBlock* next;
};

class Pool {
 public:
  Pool() = default;
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() {
    for (FreeBlock*& head : free_) {
      while (head != nullptr) {
        FreeBlock* block = head;
        head = block->next;
        ::operator delete(block);
      }
    }
  }
  FreeBlock*& head(size_t size) { return free_[(size - 1) / kGranule]; }

 private:
  std::array<FreeBlock*, kLargest / kGranule> free_{};
};

// Not observable: which block a frame gets has no effect on any result.
thread_local Pool pool;
thread_local uint64_t taken = 0;
thread_local int64_t alive = 0;
thread_local int64_t most_alive = 0;

void* fresh(size_t size) {
  const size_t rounded = (size + kGranule - 1) / kGranule * kGranule;
  return ::operator new(rounded);
}

}  // namespace

uint64_t frames_taken() { return taken; }
int64_t frames_alive() { return alive; }
int64_t most_frames_alive() { return most_alive; }
void forget_most_frames() { most_alive = alive; }

void* allocate_frame(size_t size) {
  ++taken;
  if (++alive > most_alive) most_alive = alive;
  if (!WUKONG_POOL_FRAMES || size > kLargest) return fresh(size);
  FreeBlock*& head = pool.head(size);
  if (head == nullptr) return fresh(size);
  FreeBlock* block = head;
  head = block->next;
  return block;
}

void free_frame(void* frame, size_t size) noexcept {
  --alive;
  if (!WUKONG_POOL_FRAMES || size > kLargest) {
    ::operator delete(frame);
    return;
  }
  FreeBlock*& head = pool.head(size);
  auto* block = static_cast<FreeBlock*>(frame);
  block->next = head;
  head = block;
}

}  // namespace wukong::engine
