#include "sim/base/hash.h"

#include <bit>

#include "test/catch.h"

namespace wukong {
namespace {

TEST_CASE("hashes are those of their publications") {
  // SplitMix64 seeded with 0 begins with mix64(golden gamma); FNV-1a's test vectors.
  CHECK(mix64(0x9e3779b97f4a7c15ull) == 0xe220a8397b1dcdafull);
  CHECK(hash_text("") == 0xcbf29ce484222325ull);
  CHECK(hash_text("a") == 0xaf63dc4c8601ec8cull);
  CHECK(hash_text("foobar") == 0x85944171f73967e8ull);
}

TEST_CASE("changing one bit changes about half of the mixed ones") {
  for (int bit = 0; bit < 64; ++bit) {
    const int changed = std::popcount(mix64(12345) ^ mix64(12345 ^ (uint64_t{1} << bit)));
    CHECK(changed > 12);
    CHECK(changed < 52);
  }
}

}  // namespace
}  // namespace wukong
