// A client's connection to an HttpServer, which it is a part of: reads a request, hands it to the
// handler, writes the answer, and begins again.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "runtime/http/connection_group.h"
#include "runtime/http/http_message.h"

namespace wukong::http {

class RequestReader;

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(std::shared_ptr<ConnectionGroup> group, boost::asio::ip::tcp::socket socket);
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;
  ~HttpConnection();

  void start();
  // An answer without a request, and the end.
  void refuse(int status);
  // When it has taken too long; none while the handler has the request.
  const std::optional<std::chrono::steady_clock::time_point>& deadline() const { return deadline_; }
  void time_out();
  // It is not busy while it waits for a request, or for the rest of one.
  void close_unless_busy();
  void close();

 private:
  class PendingAnswer;
  class Stream;
  enum class Phase { idle, header, body, handling, writing, lingering, closed };

  void enter(Phase phase, std::optional<std::chrono::milliseconds> limit);
  void read();
  void received(size_t bytes);
  void advance();
  bool begin_body();
  void next_request();
  void hand_over();
  void answer(Response response);
  void begin_stream(Response response);
  void write(std::string head, std::string body, std::function<void(bool)> written);
  void write_rest();
  void linger();
  void drop_what_comes();

  std::shared_ptr<ConnectionGroup> group_;
  std::optional<boost::asio::ip::tcp::socket> socket_;  // none: closed
  std::unique_ptr<RequestReader> reader_;
  Phase phase_ = Phase::idle;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  bool timed_out_ = false;
  bool keep_alive_ = true;
  bool head_only_ = false;
  bool old_client_ = false;  // HTTP/1.0
  std::string peer_;
  std::string head_;
  std::string body_;
  size_t sent_ = 0;
  std::function<void(bool)> written_;
};

}  // namespace wukong::http
