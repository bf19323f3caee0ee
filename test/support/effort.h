// How far enumerations go. Under a sanitizer every run is some ten times slower, and a run that is
// one task smaller takes the same lines.
#pragma once

namespace wukong::test {

#ifdef WUKONG_SANITIZED
inline constexpr int kSmaller = 1;
#else
inline constexpr int kSmaller = 0;
#endif

}  // namespace wukong::test
