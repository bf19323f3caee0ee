#include "test/runtime/support/false_redis.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

namespace wukong::test {

FalseRedis::FalseRedis(Manners manners)
    : manners_(std::move(manners)), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, any, size) != 0 || listen(listener_, 16) != 0 ||
      getsockname(listener_, any, &size) != 0)
    throw std::runtime_error("no free port");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

FalseRedis::~FalseRedis() {
  ends_ = true;
  thread_.join();
  close(listener_);
}

void FalseRedis::serve() {
  std::vector<pollfd> sockets{{listener_, POLLIN, 0}};
  while (!ends_) {
    if (poll(sockets.data(), sockets.size(), 20) <= 0) continue;
    for (size_t i = sockets.size(); i-- > 1;) {
      if (sockets[i].revents == 0 || answer(sockets[i].fd)) continue;
      close(sockets[i].fd);
      sockets.erase(sockets.begin() + static_cast<ptrdiff_t>(i));
    }
    if (sockets[0].revents != 0)
      sockets.push_back({accept(listener_, nullptr, nullptr), POLLIN, 0});
  }
  for (size_t i = 1; i < sockets.size(); ++i) close(sockets[i].fd);
}

// Whether the client is still there.
bool FalseRedis::answer(int client) const {
  std::array<char, 65536> buffer;
  const ssize_t size = recv(client, buffer.data(), buffer.size(), 0);
  if (size <= 0) return false;
  const std::string_view asked(buffer.data(), static_cast<size_t>(size));
  std::string reply = manners_.answer;
  if (asked.starts_with("*1\r\n$4\r\nPING"))
    reply = "+PONG\r\n";
  else if (asked.starts_with("*3\r\n$3\r\nSET") && manners_.takes_values)
    reply = "+OK\r\n";
  return send(client, reply.data(), reply.size(), MSG_NOSIGNAL) >= 0;
}

}  // namespace wukong::test
