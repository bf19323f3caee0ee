#include "runtime/supervision/supervisor.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "runtime/supervision/launch_message.h"
#include "runtime/supervision/supervision.h"
#include "sim/base/check.h"

namespace wukong::supervision {
namespace {

// An environment takes five descriptors here: as many as may be had are needed. Returns how many it
// were before, which is what environments get.
uint64_t raise_open_files() {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  const uint64_t before = files.rlim_cur;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  return before;
}

struct FolderNames {
  const char* files;
  const char* groups;
};

[[noreturn]] void run_supervisor(int socket, LaunchMessage& message, const FolderNames& folders) {
  supervise(socket, message);
  // Control groups are deleted one by one: the files in them are the kernel's.
  if (folders.groups[0] == '/')
    execl("/bin/sh", "sh", "-c", "rmdir -- \"$0\"/*/ \"$0\"; exec rm -rf -- \"$1\"", folders.groups,
          folders.files, static_cast<char*>(nullptr));
  execl("/bin/rm", "rm", "-rf", "--", folders.files, static_cast<char*>(nullptr));
  _exit(1);
}

}  // namespace

Supervisor::Supervisor(boost::asio::io_context& loop, const Folders& folders)
    : socket_(loop), open_files_(raise_open_files()) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot make a socket pair");
  const auto message = std::make_unique<LaunchMessage>();
  process_ = fork();
  if (process_ == 0)
    run_supervisor(ends[1], *message, {folders.files.c_str(), folders.groups.c_str()});
  const int error = errno;
  close(ends[1]);
  if (process_ < 0) {
    close(ends[0]);
    throw std::system_error(error, std::generic_category(), "cannot start a supervisor");
  }
  socket_.assign(boost::asio::generic::seq_packet_protocol(AF_UNIX, 0), ends[0]);
  socket_.native_non_blocking(true);
}

Supervisor::~Supervisor() {
  for (const Packet& packet : waiting_) {
    close(packet.control);
    close(packet.output);
  }
  socket_.close();
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void Supervisor::launch(const Launch& launch) {
  LaunchMessage header;
  std::string text = launch.folder.string() + '\0' + launch.group.string() + '\0';
  for (const std::string& word : launch.words) text += word + '\0';
  for (const std::string& variable : launch.variables) text += variable + '\0';
  if (text.size() > LaunchMessage::kMostText)
    throw std::runtime_error("the environment variables are too long");
  header.words = static_cast<uint32_t>(launch.words.size());
  header.variables = static_cast<uint32_t>(launch.variables.size());
  header.memory_bytes = launch.memory_bytes;
  header.open_files = open_files_;
  header.text_bytes = static_cast<uint32_t>(text.size());
  std::string bytes(reinterpret_cast<const char*>(&header), offsetof(LaunchMessage, text));
  bytes += text;
  waiting_.push_back({std::move(bytes), launch.control, launch.output});
  if (waiting_.size() == 1) send_waiting();
}

void Supervisor::send_waiting() {
  while (!waiting_.empty() && send(waiting_.front())) waiting_.pop_front();
  if (waiting_.empty()) return;
  socket_.async_wait(boost::asio::socket_base::wait_write,
                     [this, alive = std::weak_ptr(alive_)](const boost::system::error_code& error) {
                       if (!error && !alive.expired()) send_waiting();
                     });
}

// False: not now. If there is no supervisor any more, the keeper's end is closed, which tells.
bool Supervisor::send(const Packet& packet) {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(2 * sizeof(int))> control{};
  iovec text{const_cast<char*>(packet.bytes.data()), packet.bytes.size()};
  msghdr header{};
  header.msg_iov = &text;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  cmsghdr* const passed = CMSG_FIRSTHDR(&header);
  passed->cmsg_level = SOL_SOCKET;
  passed->cmsg_type = SCM_RIGHTS;
  passed->cmsg_len = CMSG_LEN(2 * sizeof(int));
  const std::array<int, 2> descriptors = {packet.control, packet.output};
  memcpy(CMSG_DATA(passed), descriptors.data(), sizeof descriptors);
  const ssize_t sent = sendmsg(socket_.native_handle(), &header, MSG_NOSIGNAL);
  if (sent < 0 && (errno == EAGAIN || errno == EINTR || errno == ETOOMANYREFS)) return false;
  close(packet.control);
  close(packet.output);
  return true;
}

}  // namespace wukong::supervision
