#include "test/runtime/http/loopback_client.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "test/catch.h"

namespace wukong::http {

using boost::asio::ip::tcp;

void run_until(boost::asio::io_context& loop, const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition()) {
    loop.restart();
    loop.run_one_for(std::chrono::milliseconds(20));
    if (std::chrono::steady_clock::now() > end) FAIL("nothing has happened for ten seconds");
  }
}

LoopbackClient::LoopbackClient(boost::asio::io_context& loop, uint16_t port)
    : loop_(loop), socket_(loop), piece_(size_t{64} * 1024, '\0') {
  socket_.connect(tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
  receive();
}

void LoopbackClient::send(std::string bytes) {
  outgoing_ = std::move(bytes);
  boost::asio::async_write(socket_, boost::asio::buffer(outgoing_),
                           [](const boost::system::error_code&, size_t) {});
}

void LoopbackClient::receive() {
  socket_.async_read_some(boost::asio::buffer(piece_),
                          [this](const boost::system::error_code& error, size_t bytes) {
                            if (error == boost::asio::error::operation_aborted) return;
                            if (error) return void(ended_ = true);
                            incoming_.append(piece_, 0, bytes);
                            receive();
                          });
}

std::string LoopbackClient::take(size_t count) {
  std::string taken = incoming_.substr(0, count);
  incoming_.erase(0, count);
  return taken;
}

std::string LoopbackClient::read_to(std::string_view mark) {
  run_until(loop_, [&] { return ended_ || incoming_.find(mark) != std::string::npos; });
  const size_t at = incoming_.find(mark);
  return take(at == std::string::npos ? incoming_.size() : at + mark.size());
}

std::string LoopbackClient::read_to_end() {
  run_until(loop_, [&] { return ended_; });
  return take(incoming_.size());
}

std::string LoopbackClient::read_answer() {
  std::string answer = read_to("\r\n\r\n");
  constexpr std::string_view kName = "Content-Length: ";
  const size_t at = answer.find(kName);
  if (at == std::string::npos) return answer;
  const size_t length = std::stoul(answer.substr(at + kName.size()));
  run_until(loop_, [&] { return ended_ || incoming_.size() >= length; });
  return answer + take(length);
}

bool LoopbackClient::closed_by_server() {
  run_until(loop_, [&] { return ended_; });
  return ended_;
}

}  // namespace wukong::http
