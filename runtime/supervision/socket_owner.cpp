#include "runtime/supervision/socket_owner.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace wukong::supervision {
namespace {

// A connection as its other end sees it: in the byte order of the network.
struct OtherEnd {
  sockaddr_in own;   // its address
  sockaddr_in peer;  // ours
};

std::optional<OtherEnd> other_end_of(int socket) {
  OtherEnd end{};
  socklen_t length = sizeof end.own;
  if (getpeername(socket, reinterpret_cast<sockaddr*>(&end.own), &length) != 0) return {};
  length = sizeof end.peer;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&end.peer), &length) != 0) return {};
  if (end.own.sin_family != AF_INET || end.peer.sin_family != AF_INET) return {};
  return end;
}

std::optional<uint64_t> ask_kernel(const OtherEnd& end) {
  const int netlink = ::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (netlink < 0) return {};
  const std::unique_ptr<const int, void (*)(const int*)> closer(
      &netlink, [](const int* open) { close(*open); });
  struct {
    nlmsghdr header{};
    inet_diag_req_v2 question{};
  } request;
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = NLM_F_REQUEST;
  request.question.sdiag_family = AF_INET;
  request.question.sdiag_protocol = IPPROTO_TCP;
  request.question.idiag_states = ~0U;
  request.question.id.idiag_sport = end.own.sin_port;
  request.question.id.idiag_dport = end.peer.sin_port;
  request.question.id.idiag_src[0] = end.own.sin_addr.s_addr;
  request.question.id.idiag_dst[0] = end.peer.sin_addr.s_addr;
  request.question.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
  request.question.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  if (::send(netlink, &request, sizeof request, 0) < 0) return {};
  alignas(nlmsghdr) std::array<char, 4096> answer;
  const ssize_t bytes = recv(netlink, answer.data(), answer.size(), 0);
  const auto* header = reinterpret_cast<const nlmsghdr*>(answer.data());
  if (bytes < static_cast<ssize_t>(NLMSG_LENGTH(sizeof(inet_diag_msg))) ||
      header->nlmsg_type != SOCK_DIAG_BY_FAMILY)
    return {};
  const auto* found = static_cast<const inet_diag_msg*>(NLMSG_DATA(header));
  if (found->idiag_inode == 0) return {};
  return found->idiag_inode;
}

// As /proc/net/tcp writes it: "0100007F:1F90".
std::string table_form(const sockaddr_in& address) {
  std::array<char, 16> text;
  snprintf(text.data(), text.size(), "%08X:%04X", address.sin_addr.s_addr, ntohs(address.sin_port));
  return text.data();
}

std::optional<uint64_t> look_up(const OtherEnd& end) {
  const std::string own = table_form(end.own);
  const std::string peer = table_form(end.peer);
  std::ifstream table("/proc/net/tcp");
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    std::string slot, from, to, other;
    uint64_t socket = 0;
    fields >> slot >> from >> to;
    if (from != own || to != peer) continue;
    for (int skipped = 0; skipped < 6; ++skipped) fields >> other;
    if (fields >> socket && socket != 0) return socket;
  }
  return {};
}

}  // namespace

std::optional<uint64_t> peer_socket(int socket) {
  const std::optional<OtherEnd> end = other_end_of(socket);
  if (!end) return {};
  const std::optional<uint64_t> found = ask_kernel(*end);
  return found ? found : look_up(*end);
}

bool has_open(pid_t process, uint64_t socket) {
  const std::string path = "/proc/" + std::to_string(process) + "/fd";
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(
      opendir(path.c_str()), [](DIR* open) { return open == nullptr ? 0 : closedir(open); });
  if (!folder) return false;
  const std::string wanted = "socket:[" + std::to_string(socket) + "]";
  std::array<char, 64> target;
  while (const dirent* entry = readdir(folder.get())) {
    const ssize_t bytes =
        readlinkat(dirfd(folder.get()), entry->d_name, target.data(), target.size());
    if (bytes == static_cast<ssize_t>(wanted.size()) &&
        memcmp(target.data(), wanted.data(), wanted.size()) == 0)
      return true;
  }
  return false;
}

}  // namespace wukong::supervision
