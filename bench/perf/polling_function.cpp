#include "bench/perf/polling_function.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <string>
#include <string_view>

namespace wukong::perf {
namespace {

constexpr const char* kRuntimeApi = "AWS_LAMBDA_RUNTIME_API";

class RuntimeClient {
 public:
  explicit RuntimeClient(const std::string& address) : socket_(loop_) {
    const auto port = static_cast<uint16_t>(std::stoi(address.substr(address.find(':') + 1)));
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    socket_.set_option(boost::asio::ip::tcp::no_delay(true));
  }

  // The whole answer. Throws boost::system::system_error when the environment ends.
  std::string ask(const std::string& request) {
    boost::asio::write(socket_, boost::asio::buffer(request));
    std::string answer;
    while (!is_whole(answer)) {
      const size_t bytes = socket_.read_some(boost::asio::buffer(piece_));
      answer.append(piece_.data(), bytes);
    }
    return answer;
  }

  static std::string header(const std::string& answer, std::string_view name) {
    const size_t at = answer.find(name);
    if (at == std::string::npos) return {};
    const size_t value = at + name.size() + 2;
    return answer.substr(value, answer.find('\r', value) - value);
  }

 private:
  static bool is_whole(const std::string& answer) {
    const size_t end = answer.find("\r\n\r\n");
    return end != std::string::npos &&
           answer.size() == end + 4 + std::stoul("0" + header(answer, "Content-Length"));
  }

  boost::asio::io_context loop_;
  boost::asio::ip::tcp::socket socket_;
  std::array<char, 16384> piece_;
};

}  // namespace

bool is_started_as_function() { return std::getenv(kRuntimeApi) != nullptr; }

void poll_as_function() {
  const std::string root = "/2018-06-01/runtime/invocation/";
  RuntimeClient client(std::getenv(kRuntimeApi));
  try {
    for (;;) {
      const std::string call = client.ask("GET " + root + "next HTTP/1.1\r\nHost: x\r\n\r\n");
      const std::string event = call.substr(call.find("\r\n\r\n") + 4);
      client.ask("POST " + root + RuntimeClient::header(call, "Lambda-Runtime-Aws-Request-Id") +
                 "/response HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                 std::to_string(event.size()) + "\r\n\r\n" + event);
    }
  } catch (const boost::system::system_error&) {
  }
}

}  // namespace wukong::perf
