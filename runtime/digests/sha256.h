// SHA-256 and its HMAC, of OpenSSL: what AWS says of code, and what requests are signed with.
#pragma once

#include <string>
#include <string_view>

namespace wukong::digests {

// 32 bytes.
std::string sha256(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);
// Lower case.
std::string hexadecimal(std::string_view bytes);

}  // namespace wukong::digests
