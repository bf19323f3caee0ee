// Memory for coroutine frames: free lists by size class, one pool per thread, no locks. Blocks come
// from operator new one by one, so a frame may be freed by another thread than the one that made
// it. Under AddressSanitizer the pool steps aside, so that a use after destruction is seen.
#pragma once

#include <cstddef>

namespace wukong::engine {

void* allocate_frame(size_t size);
void free_frame(void* frame, size_t size) noexcept;

}  // namespace wukong::engine
