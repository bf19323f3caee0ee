#include "runtime/http/http_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <stdexcept>
#include <utility>
#include <vector>

#include "runtime/http/connection_group.h"
#include "runtime/http/http_connection.h"

namespace wukong::http {

using boost::asio::ip::tcp;
using boost::system::error_code;

// One address that a server listens at. Its handlers keep the group alive, not the acceptor, which
// they look for again after each wait.
class HttpServer::Acceptor : public std::enable_shared_from_this<Acceptor> {
 public:
  Acceptor(boost::asio::io_context& loop, std::shared_ptr<ConnectionGroup> group,
           const tcp::endpoint& endpoint)
      : group_(std::move(group)), acceptor_(loop), pause_(loop) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(4096);
  }

  uint16_t port() const { return acceptor_.local_endpoint().port(); }

  void accept() {
    acceptor_.async_accept([self = weak_from_this()](const error_code& error, tcp::socket socket) {
      if (const auto alive = self.lock()) alive->accepted(error, std::move(socket));
    });
  }

 private:
  void accepted(const error_code& error, tcp::socket socket) {
    if (!acceptor_.is_open()) return;
    if (error) return accept_later();
    if (group_->admits(socket.native_handle()) && !group_->crowded()) {
      const auto connection = std::make_shared<HttpConnection>(group_, std::move(socket));
      group_->full() ? connection->refuse(503) : connection->start();
    }
    accept();
  }

  // Descriptors may have run out: others are closed meanwhile.
  void accept_later() {
    pause_.expires_after(std::chrono::milliseconds(50));
    pause_.async_wait([self = weak_from_this()](const error_code& error) {
      const auto alive = self.lock();
      if (!error && alive) alive->accept();
    });
  }

  std::shared_ptr<ConnectionGroup> group_;
  tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
};

struct HttpServer::Parts {
  boost::asio::io_context& loop;
  std::shared_ptr<ConnectionGroup> group;
  std::vector<std::shared_ptr<Acceptor>> acceptors;
};

HttpServer::HttpServer(boost::asio::io_context& loop, const HttpLimits& limits,
                       RequestHandler handler, HttpHooks hooks)
    : parts_(std::make_unique<Parts>(Parts{
          loop,
          std::make_shared<ConnectionGroup>(loop, limits, std::move(handler), std::move(hooks)),
          {}})) {}

HttpServer::~HttpServer() { stop(); }

uint16_t HttpServer::listen(const std::string& address, uint16_t port) {
  try {
    const tcp::endpoint endpoint(boost::asio::ip::make_address(address), port);
    auto acceptor = std::make_shared<Acceptor>(parts_->loop, parts_->group, endpoint);
    acceptor->accept();
    parts_->acceptors.push_back(acceptor);
    return acceptor->port();
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("cannot listen on " + address + ":" + std::to_string(port) + ": " +
                             error.code().message());
  }
}

void HttpServer::drain(std::function<void()> drained) {
  parts_->acceptors.clear();
  parts_->group->drain(std::move(drained));
}

void HttpServer::stop() {
  parts_->acceptors.clear();
  parts_->group->close();
}

size_t HttpServer::connections() const { return parts_->group->size(); }

}  // namespace wukong::http
