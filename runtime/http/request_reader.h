// Takes a connection's bytes, and makes requests of them. The one place that knows Boost.Beast,
// whose parser it is. Part of HttpServer.
#pragma once

#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <memory>

#include "runtime/http/http_limits.h"
#include "runtime/http/http_message.h"

namespace wukong::http {

class RequestReader {
 public:
  // What the bytes that there are amount to.
  enum class State { needs_more, has_headers, complete, refused };

  explicit RequestReader(const HttpLimits& limits);
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;
  ~RequestReader();

  // Where the next bytes go, and how many have come.
  boost::asio::mutable_buffer space();
  void received(size_t bytes);
  // Whether bytes have come that no request has used yet.
  bool has_bytes() const;

  // has_headers is told once for each request that has a body to come.
  State advance();
  // REQUIRES: advance() said `refused`.
  int refusal() const;
  bool expects_continue() const;
  // How much of the body there is.
  size_t body_bytes() const;

  struct Whole {
    Request request;
    bool keep_alive = true;
    bool old_client = false;  // HTTP/1.0
  };
  // REQUIRES: advance() said `complete`. The next request begins.
  Whole take();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace wukong::http
