// What the connections of a server have in common: its limits and hooks, who of them is open, and
// the clock that ends those that take too long. Part of HttpServer. It may outlive the server, with
// answers that nobody has given yet; then it is closed, and no longer touches the loop.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_set>

#include "runtime/http/http_limits.h"
#include "runtime/http/http_message.h"
#include "runtime/http/http_server.h"

namespace wukong::http {

class HttpConnection;

class ConnectionGroup : public std::enable_shared_from_this<ConnectionGroup> {
 public:
  ConnectionGroup(boost::asio::io_context& loop, const HttpLimits& limits, RequestHandler handler,
                  HttpHooks hooks);

  const HttpLimits& limits() const { return limits_; }
  // Shared, because a handler may stop the server that has called it. REQUIRES: not closed.
  std::shared_ptr<const RequestHandler> handler() const { return handler_; }
  Response refusal(int status) const;
  bool admits(int socket) const { return !hooks_.admits || hooks_.admits(socket); }

  void add(HttpConnection& connection) { open_.insert(&connection); }
  void remove(HttpConnection& connection);
  size_t size() const { return open_.size(); }
  // Full: one more is refused. Crowded: it is not even told so.
  bool full() const { return open_.size() > limits_.connections; }
  bool crowded() const { return open_.size() > limits_.connections + 64; }

  // Bytes of bodies that are being received. False: that is too much.
  bool hold(size_t bytes) { return (held_bytes_ += bytes) <= limits_.all_bodies_bytes; }
  void release(size_t bytes) { held_bytes_ -= bytes; }

  // A connection has a deadline from now on: somebody looks at it.
  void watch();

  void drain(std::function<void()> drained);
  bool draining() const { return draining_; }
  void close();

 private:
  void look();

  HttpLimits limits_;
  std::shared_ptr<const RequestHandler> handler_;
  HttpHooks hooks_;
  std::chrono::milliseconds look_every_;
  std::optional<boost::asio::steady_timer> timer_;  // none: closed
  bool watching_ = false;
  bool draining_ = false;
  std::function<void()> drained_;
  std::unordered_set<HttpConnection*> open_;
  size_t held_bytes_ = 0;
};

}  // namespace wukong::http
