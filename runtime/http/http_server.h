// An HTTP/1.1 server on an Asio loop. Requests arrive whole at the handler, which answers now or
// later. A connection's requests are handled one after another, in the order in which they came;
// each answer is one write. Whatever a client does costs bounded memory and bounded time, as
// HttpLimits say, and has its status. For the loop's thread; the loop outlives the server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "runtime/http/http_limits.h"
#include "runtime/http/http_message.h"

namespace boost::asio {
class io_context;
}  // namespace boost::asio

namespace wukong::http {

// What else a server can be told. All may be left out.
struct HttpHooks {
  // The answer to a request that never reaches the handler; its status is the one that is given:
  // 400, 408, 413, 431, 501, 503, 505, or 500 for an answer that could not be sent or never came.
  std::function<Response(int status)> refusal;
  // Whether a new connection may stay; otherwise it is closed without a word. `socket` is a
  // connected descriptor.
  std::function<bool(int socket)> admits;
};

class HttpServer {
 public:
  HttpServer(boost::asio::io_context& loop, const HttpLimits& limits, RequestHandler handler,
             HttpHooks hooks = {});
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  // As stop(). Answers may be given, or let go of, also later: they do nothing.
  ~HttpServer();

  // From here on connections are accepted, also at several addresses. Port 0: a free one. Returns
  // the port. Throws std::runtime_error, which names address, port and reason.
  uint16_t listen(const std::string& address, uint16_t port);
  // Accepts no more; requests that have reached the handler are still answered, then their
  // connections are closed. `drained` is called when there is none left.
  void drain(std::function<void()> drained);
  // Closes everything at once.
  void stop();

  size_t connections() const;

 private:
  class Acceptor;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace wukong::http
