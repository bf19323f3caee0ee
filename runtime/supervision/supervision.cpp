#include "runtime/supervision/supervision.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include "runtime/supervision/keeper.h"

namespace wukong::supervision {
namespace {

// Nothing of the server's is inherited but the socket: not its terminal, from which Ctrl-C comes,
// not its descriptors, not its handlers of signals.
int leave_server(int socket) {
  setsid();
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_NAME, "wukong-superv");
  constexpr int kOwn = 3;
  if (socket != kOwn) dup2(socket, kOwn);
  const int nothing = open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nothing, stream);
  if (syscall(SYS_close_range, 4U, ~0U, 0U) != 0)
    for (int descriptor = 4; descriptor < 65536; ++descriptor) close(descriptor);
  (void)!chdir("/");
  for (int signal = 1; signal < SIGRTMAX; ++signal) ::signal(signal, SIG_DFL);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, nullptr);
  return kOwn;
}

struct Received {
  ssize_t bytes;  // 0: the server is gone
  KeeperDescriptors descriptors;
};

Received receive(int socket, LaunchMessage& message) {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(2 * sizeof(int))> control;
  iovec room{&message, sizeof message};
  msghdr header{};
  header.msg_iov = &room;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  Received received{recvmsg(socket, &header, MSG_CMSG_CLOEXEC), {-1, -1}};
  const cmsghdr* const passed = CMSG_FIRSTHDR(&header);
  if (received.bytes > 0 && passed != nullptr && passed->cmsg_type == SCM_RIGHTS &&
      passed->cmsg_len == CMSG_LEN(2 * sizeof(int)))
    memcpy(&received.descriptors, CMSG_DATA(passed), 2 * sizeof(int));
  return received;
}

// False: there are no children any more.
bool reap() {
  for (;;) {
    int status = 0;
    const pid_t ended = waitpid(-1, &status, WNOHANG);
    if (ended < 0 && errno == ECHILD) return false;
    if (ended <= 0) return true;
    // Somebody has killed a keeper, or what has fallen to us from one has ended.
    if (WIFSIGNALED(status)) kill_foreign_children();
  }
}

void launch(int socket, LaunchMessage& message, const KeeperDescriptors& descriptors) {
  const pid_t keeper = fork();
  if (keeper == 0) {
    close(socket);
    keep(message, descriptors);
    _exit(0);
  }
  if (keeper < 0) {
    const KeeperMessage failed{.kind = KeeperMessage::Kind::failed, .value = errno};
    (void)!send(descriptors.control, &failed, sizeof failed, MSG_NOSIGNAL);
  }
  close(descriptors.control);
  close(descriptors.output);
}

}  // namespace

void supervise(int server, LaunchMessage& message) {
  const int socket = leave_server(server);
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  const int children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
  bool server_lives = true;
  for (;;) {
    std::array<pollfd, 2> waits = {pollfd{server_lives ? socket : -1, POLLIN, 0},
                                   pollfd{children, POLLIN, 0}};
    // Once the server is gone, what has fallen to us is looked for now and then.
    poll(waits.data(), waits.size(), server_lives ? -1 : 20);
    signalfd_siginfo ignored;
    while (read(children, &ignored, sizeof ignored) > 0) {
    }
    const bool any = reap();
    if (!server_lives) {
      if (!any) return;
      kill_foreign_children();
    }
    if (waits[0].revents == 0) continue;
    const Received received = receive(socket, message);
    if (received.bytes <= 0)
      server_lives = false;
    else if (received.bytes >= static_cast<ssize_t>(offsetof(LaunchMessage, text)))
      launch(socket, message, received.descriptors);
  }
}

}  // namespace wukong::supervision
