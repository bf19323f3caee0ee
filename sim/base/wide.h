// Integers of 128 bits, for products of two 64-bit ones. Both compilers have them; the standard
// does not, hence __extension__.
#pragma once

namespace wukong {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

}  // namespace wukong
