// Sizes as people write them: 1MB, 1.5 GiB, 1000.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/base/bytes.h"

namespace wukong::own_dags {

// For messages.
constexpr const char* kSizeExpected =
    "a size of at most 1 PB: a number of bytes, or with a unit (B, kB, MB, GB, TB, KiB, MiB, GiB, "
    "TiB)";

// Nothing: `text` is none of those.
std::optional<Bytes> read_size(std::string_view text);
// Exactly that size, in the largest decimal unit of which it is a whole number.
std::string size_text(Bytes size);

}  // namespace wukong::own_dags
