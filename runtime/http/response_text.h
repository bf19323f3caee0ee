// The first lines of an HTTP answer, as they are sent.
#pragma once

#include <string>
#include <string_view>

#include "runtime/http/http_message.h"

namespace wukong::http {

// "Not Found"; for a status without a name, one that fits its class.
std::string_view reason_phrase(int status);

// Whether status, names and values can be sent as they are: none of them ends a line, and so adds
// headers or an answer of its own.
bool can_be_sent(const Response& response);

// How the body's end is told.
enum class BodyEnd { length, chunks, close };

struct HeadOptions {
  BodyEnd end = BodyEnd::length;
  bool keep_alive = true;
};

// Status line and headers with the empty line after them. The headers that are the server's are
// left out of the answer's and written anew. REQUIRES: can_be_sent(response).
std::string response_head(const Response& response, const HeadOptions& options);

// 1xx, 204 and 304 have no body, not even an empty one.
bool may_have_body(int status);

}  // namespace wukong::http
