#include "test/runtime/serving/plain_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace wukong::test {

std::string Got::header(const std::string& name) const {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return "";
}

PlainClient::PlainClient(const std::string& endpoint) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int port = std::stoi(endpoint.substr(endpoint.rfind(':') + 1));
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("nobody listens at " + endpoint);
}

PlainClient::~PlainClient() { close(socket_); }

void PlainClient::send(const std::string& method, const std::string& target,
                       const std::string& body, const std::string& headers) {
  const std::string text =
      method + " " + target +
      " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
      headers + "\r\n" + body;
  for (size_t sent = 0; sent < text.size();) {
    const ssize_t more = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (more <= 0) throw std::runtime_error("the server has gone");
    sent += static_cast<size_t>(more);
  }
}

void PlainClient::fill() {
  char part[65536];
  const ssize_t more = recv(socket_, part, sizeof part, 0);
  if (more <= 0) throw std::runtime_error("the server has gone");
  buffer_.append(part, static_cast<size_t>(more));
}

Got PlainClient::receive() {
  size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) fill();
  Got got;
  got.status = std::stoi(buffer_.substr(9, 3));
  size_t length = 0;
  for (size_t line = buffer_.find("\r\n") + 2; line < end;) {
    const size_t next = buffer_.find("\r\n", line);
    const size_t colon = buffer_.find(": ", line);
    const std::string name = buffer_.substr(line, colon - line);
    const std::string value = buffer_.substr(colon + 2, next - colon - 2);
    if (name == "Content-Length" || name == "content-length") length = std::stoul(value);
    got.headers.emplace_back(name, value);
    line = next + 2;
  }
  while (buffer_.size() < end + 4 + length) fill();
  got.body = buffer_.substr(end + 4, length);
  buffer_.erase(0, end + 4 + length);
  return got;
}

}  // namespace wukong::test
