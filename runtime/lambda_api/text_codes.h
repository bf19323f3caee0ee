// Codings of text that HTTP and JSON carry: percent-encoding, base64, times, and random
// identifiers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wukong::lambda_api {

// A "%" that is followed by no two hexadecimal digits stays as it is.
std::string percent_decoded(std::string_view text);

std::string base64(std::string_view bytes);
// Nothing if it is none; line breaks are skipped.
std::optional<std::string> from_base64(std::string_view text);

// "2026-11-28T17:49:25.123+0000", of milliseconds since 1970.
std::string iso_time(int64_t unix_ms);
// "2026-11-28T17:49:25.123000Z", as function URLs have it.
std::string zulu_time(int64_t unix_ms);

// A UUID of version 4, of two random numbers.
std::string uuid(uint64_t first, uint64_t second);

}  // namespace wukong::lambda_api
