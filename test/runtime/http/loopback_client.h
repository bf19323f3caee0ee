// A client that says exactly what a test tells it to: bytes over loopback, with a loop that is run
// while it waits.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace wukong::http {

// Runs the loop until the condition holds; fails the test if it does not within ten seconds.
void run_until(boost::asio::io_context& loop, const std::function<bool()>& condition);

class LoopbackClient {
 public:
  LoopbackClient(boost::asio::io_context& loop, uint16_t port);
  // Returns at once; the bytes leave while the loop runs. One at a time.
  void send(std::string bytes);
  // The bytes that have come and were not returned yet, up to and with the mark.
  std::string read_to(std::string_view mark);
  std::string read_to_end();
  // A whole answer: its headers, and as many bytes as Content-Length says.
  std::string read_answer();
  bool closed_by_server();
  void close() { socket_.close(); }

 private:
  void receive();
  std::string take(size_t count);

  boost::asio::io_context& loop_;
  boost::asio::ip::tcp::socket socket_;
  std::string outgoing_;
  std::string incoming_;
  std::string piece_;
  bool ended_ = false;
};

}  // namespace wukong::http
