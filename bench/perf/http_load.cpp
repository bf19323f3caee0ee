#include "bench/perf/http_load.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace wukong::perf {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using std::chrono::steady_clock;

constexpr std::string_view kRequest =
    "POST /2015-03-31/functions/f/invocations HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

struct LoadProgress {
  int unsent;
  HttpTimes times;
};

class Connection {
 public:
  Connection(boost::asio::io_context& loop, uint16_t port, LoadProgress& load)
      : socket_(loop), load_(load) {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    socket_.set_option(tcp::no_delay(true));
  }

  void ask() {
    if (load_.unsent == 0) return;
    --load_.unsent;
    sent_at_ = steady_clock::now();
    answer_.clear();
    boost::asio::write(socket_, boost::asio::buffer(kRequest));
    receive();
  }

 private:
  void receive() {
    socket_.async_read_some(
        boost::asio::buffer(piece_), [this](const error_code& error, size_t bytes) {
          if (error) throw std::runtime_error("the server has closed a connection");
          answer_.append(piece_.data(), bytes);
          if (!is_whole()) return receive();
          const std::chrono::duration<double, std::micro> time = steady_clock::now() - sent_at_;
          load_.times.latencies_us.push_back(time.count());
          ask();
        });
  }

  bool is_whole() const {
    const size_t end = answer_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    if (answer_.compare(0, 12, "HTTP/1.1 200") != 0) throw std::runtime_error(answer_);
    constexpr std::string_view kLength = "Content-Length: ";
    const size_t at = answer_.find(kLength);
    return at < end && answer_.size() == end + 4 + std::stoul(answer_.substr(at + kLength.size()));
  }

  tcp::socket socket_;
  LoadProgress& load_;
  std::array<char, 4096> piece_;
  std::string answer_;
  steady_clock::time_point sent_at_;
};

}  // namespace

HttpTimes run_http_load(const HttpLoad& load) {
  boost::asio::io_context loop;
  LoadProgress state{load.requests, {}};
  std::vector<std::unique_ptr<Connection>> connections;
  for (int i = 0; i < load.connections; ++i)
    connections.push_back(std::make_unique<Connection>(loop, load.port, state));
  const auto begin = steady_clock::now();
  for (const auto& connection : connections) connection->ask();
  loop.run();
  state.times.seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
  std::sort(state.times.latencies_us.begin(), state.times.latencies_us.end());
  return std::move(state.times);
}

}  // namespace wukong::perf
