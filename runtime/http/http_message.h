// HTTP requests and answers as values: what a server hands to whoever answers, and gets back. No
// sockets, no parser; so that who answers is tested without either.
#pragma once

#include <functional>
#include <memory>
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
  std::string peer;  // the client's address, without its port: "127.0.0.1"

  // The first header of that name; empty if there is none.
  std::string_view header(std::string_view name) const;
};

// Where the parts of an answer go that is sent while it is being made. Whoever lets go of it before
// end() cuts the connection, so that the client sees that something is missing.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  // `written` is called once: with true when the next part may come, with false if the client is
  // gone. REQUIRES: the part before has been written.
  virtual void write(std::string part, std::function<void(bool open)> written) = 0;
  virtual void end() = 0;
};

// Content-Length, Transfer-Encoding and Connection are the server's.
struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  // If there is one, it is called once the headers are sent, and gives the body in place of `body`.
  std::function<void(std::shared_ptr<BodyStream>)> stream;
};

// To be called once, now or later, on the loop's thread. If the client is gone, nobody reads it.
// Who lets go of it without a call answers 500.
using Answer = std::function<void(Response)>;
using RequestHandler = std::function<void(Request, Answer)>;

}  // namespace wukong::http
