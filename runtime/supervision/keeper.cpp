#include "runtime/supervision/keeper.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace wukong::supervision {
namespace {

constexpr size_t kMostWords = 64;
constexpr size_t kMostVariables = 2048;

struct Program {
  const char* folder = nullptr;
  const char* group = nullptr;  // its control group's folder; empty: none
  std::array<char*, kMostWords + 1> words{};
  std::array<char*, kMostVariables + 1> variables{};
};

// False: the message is not what a server sends.
bool read_program(LaunchMessage& message, Program& program) {
  if (message.words == 0 || message.words > kMostWords || message.variables > kMostVariables)
    return false;
  char* at = message.text.data();
  const char* const end = at + message.text_bytes;
  const auto next = [&]() -> char* {
    char* const word = at;
    const size_t length = strnlen(at, static_cast<size_t>(end - at));
    if (at + length >= end) return nullptr;
    at += length + 1;
    return word;
  };
  program.folder = next();
  program.group = next();
  for (uint32_t i = 0; i < message.words; ++i) program.words[i] = next();
  for (uint32_t i = 0; i < message.variables; ++i) program.variables[i] = next();
  return program.group != nullptr && program.words[message.words - 1] != nullptr &&
         (message.variables == 0 || program.variables[message.variables - 1] != nullptr);
}

void tell(int control, const KeeperMessage& message) {
  (void)!send(control, &message, sizeof message, MSG_NOSIGNAL);
}

void tell_file(const char* group, const char* name, const char* value) {
  const int folder = open(group, O_PATH | O_DIRECTORY | O_CLOEXEC);
  const int file = openat(folder, name, O_WRONLY | O_CLOEXEC);
  (void)!write(file, value, strlen(value));
  close(file);
  close(folder);
}

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{most, most};
  setrlimit(resource, &both);
}

// What becomes the program. Returns only if that fails; errno says why.
void become(const LaunchMessage& message, const Program& program, int output) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (program.group[0] != 0) tell_file(program.group, "cgroup.procs", "0");
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (dup2(nothing, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
      dup2(output, STDERR_FILENO) < 0 || chdir(program.folder) != 0)
    return;
  syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */);
  if (message.memory_bytes > 0) limit(RLIMIT_DATA, message.memory_bytes);
  if (message.open_files > 0) limit(RLIMIT_NOFILE, message.open_files);
  limit(RLIMIT_CORE, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execve(program.words[0], program.words.data(), program.variables.data());
}

// A process's parent and group, from /proc/PID/stat. False: there is none such.
struct Kin {
  pid_t parent = 0;
  pid_t group = 0;
  char state = 0;
};
bool kin_of(const char* process, Kin& kin) {
  std::array<char, 512> text;
  size_t used = 0;
  const auto add = [&](const char* part) {
    for (; *part != 0 && used + 1 < text.size(); ++part) text[used++] = *part;
  };
  add("/proc/");
  add(process);
  add("/stat");
  text[used] = 0;
  const int file = open(text.data(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const ssize_t bytes = read(file, text.data(), text.size() - 1);
  close(file);
  if (bytes <= 0) return false;
  text[static_cast<size_t>(bytes)] = 0;
  // The program's name, in parentheses, may itself have some.
  const char* const name_end = strrchr(text.data(), ')');
  if (name_end == nullptr || strlen(name_end) < 5) return false;
  kin.state = name_end[2];
  char* after = nullptr;
  kin.parent = static_cast<pid_t>(strtol(name_end + 4, &after, 10));
  kin.group = static_cast<pid_t>(strtol(after, nullptr, 10));
  return true;
}

bool leader_has_ended(pid_t leader, siginfo_t& info) {
  for (;;) {
    info.si_pid = 0;
    if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) return false;
    // The program itself stays a zombie until the end, so that its id, which is also its group's,
    // belongs to nobody else while the server may signal it.
    if (info.si_pid == leader) return true;
    waitpid(info.si_pid, nullptr, 0);
  }
}

// Until the server wants the end. Tells it if the program ends by itself.
void attend(pid_t leader, int control, int children) {
  bool told = false;
  for (;;) {
    std::array<pollfd, 2> waits = {pollfd{control, POLLIN, 0},
                                   pollfd{told ? -1 : children, POLLIN, 0}};
    if (poll(waits.data(), waits.size(), -1) < 0) continue;
    if (waits[0].revents != 0) return;
    signalfd_siginfo ignored;
    (void)!read(children, &ignored, sizeof ignored);
    siginfo_t info;
    if (!leader_has_ended(leader, info)) continue;
    told = true;
    kill(-leader, SIGKILL);
    const bool exited = info.si_code == CLD_EXITED;
    tell(control, {.kind = exited ? KeeperMessage::Kind::exited : KeeperMessage::Kind::killed,
                   .value = info.si_status});
  }
}

}  // namespace

bool kill_foreign_children() {
  const int folder = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  const pid_t self = getpid();
  const pid_t group = getpgrp();
  bool any = false;
  alignas(dirent64) std::array<char, 8192> entries;
  for (;;) {
    const long bytes = syscall(SYS_getdents64, folder, entries.data(), entries.size());
    if (bytes <= 0) break;
    for (long at = 0; at < bytes;) {
      const auto* entry = reinterpret_cast<const dirent64*>(entries.data() + at);
      at += entry->d_reclen;
      Kin kin;
      if (entry->d_name[0] < '1' || entry->d_name[0] > '9' || !kin_of(entry->d_name, kin)) continue;
      if (kin.parent != self || kin.group == group || kin.state == 'Z') continue;
      kill(static_cast<pid_t>(strtol(entry->d_name, nullptr, 10)), SIGKILL);
      any = true;
    }
  }
  close(folder);
  return any;
}

void keep(LaunchMessage& message, const KeeperDescriptors& descriptors) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_NAME, "wukong-keeper");
  Program program;
  if (!read_program(message, program))
    return tell(descriptors.control, {.kind = KeeperMessage::Kind::failed, .value = EINVAL});
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  const int children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
  const pid_t self = getpid();
  const pid_t leader = fork();
  if (leader == 0) {
    setsid();
    // Said before the program can say anything itself, so that the server knows it when it does.
    tell(descriptors.control,
         {.kind = KeeperMessage::Kind::started, .value = getpid(), .keeper = self});
    become(message, program, descriptors.output);
    tell(descriptors.control, {.kind = KeeperMessage::Kind::failed, .value = errno});
    _exit(127);
  }
  close(descriptors.output);
  if (leader < 0)
    return tell(descriptors.control, {.kind = KeeperMessage::Kind::failed, .value = errno});
  attend(leader, descriptors.control, children);
  kill(leader, SIGKILL);
  kill(-leader, SIGKILL);
  // All of them at one time, however fast they fork.
  if (program.group[0] != 0) tell_file(program.group, "cgroup.kill", "1");
  for (int naps = 0;;) {
    const pid_t ended = waitpid(-1, nullptr, WNOHANG);
    if (ended < 0 && errno == ECHILD) break;
    if (ended != 0) continue;
    // Those of the group are dying. If that takes long, there are some that have left it.
    if (++naps % 4 == 3) kill_foreign_children();
    poll(nullptr, 0, 1);
  }
  if (program.group[0] != 0) rmdir(program.group);
}

}  // namespace wukong::supervision
