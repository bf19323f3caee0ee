// AWS Signature Version 4 of HTTP requests, verified: who has sent a request knows a secret, and
// nobody has changed it on its way. From requests' values alone.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "runtime/http/http_message.h"

namespace wukong::signatures {

// Secrets by access key.
using Keys = std::map<std::string, std::string>;

// Lines of an access key and its secret, with blanks between them; "#" begins a comment. Throws
// Error, which names file and line.
Keys read_keys(const std::string& text, const std::string& file);

struct Scope {
  std::string region;
  std::string service = "lambda";
};

enum class Verdict {
  good,
  no_signature,   // MissingAuthenticationToken
  incomplete,     // a header of another kind than is expected
  unknown_key,    // UnrecognizedClient
  expired,        // more than 15 minutes from now
  does_not_match  // InvalidSignature
};

// `now`: seconds since 1970.
Verdict verify(const http::Request& request, const Keys& keys, const Scope& scope, int64_t now);

// "20150830T123600Z" in seconds since 1970; less than zero if it is no such time.
int64_t seconds_of_amz_date(std::string_view text);

}  // namespace wukong::signatures
