// HTTP requests and answers as values: what a server hands to whoever answers, and gets back. No
// sockets, no parser; so that who answers is tested without either.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wukong::http {

// In the order in which they came or go. Names compare without regard to case.
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  // as it was sent: "GET"
  std::string target;  // path and query, still percent-encoded
  Headers headers;
  std::string body;  // whole, its transfer coding undone

  // The first header of that name; empty if there is none.
  std::string_view header(std::string_view name) const;
};

// Content-Length and Connection are the server's.
struct Response {
  int status = 200;
  Headers headers;
  std::string body;
};

// To be called once, now or later, on the loop's thread. If the client is gone, nobody reads it.
using Answer = std::function<void(Response)>;
using RequestHandler = std::function<void(Request, Answer)>;

}  // namespace wukong::http
