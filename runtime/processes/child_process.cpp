#include "runtime/processes/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "sim/base/check.h"

namespace wukong::processes {
namespace {

// posix_spawn's two objects, released with it.
struct SpawnPlan {
  SpawnPlan() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }

  void open(int descriptor, const std::filesystem::path& path, int flags) {
    posix_spawn_file_actions_addopen(&actions, descriptor, path.c_str(), flags, 0600);
  }

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
};

std::vector<char*> pointers(const Words& words) {
  std::vector<char*> list;
  for (const std::string& word : words) list.push_back(const_cast<char*>(word.c_str()));
  return list;
}

// Later variables of a name come first, because getenv takes the first.
std::vector<char*> environment(const Words& variables) {
  std::vector<char*> list = pointers(variables);
  for (char** own = environ; *own != nullptr; ++own) list.push_back(*own);
  list.push_back(nullptr);
  return list;
}

}  // namespace

ChildProcess::ChildProcess(const Start& start) {
  ENSURE(!start.words.empty());
  SpawnPlan plan;
  plan.open(STDIN_FILENO, start.input, O_RDONLY);
  plan.open(STDOUT_FILENO, start.output, O_WRONLY | O_CREAT | O_TRUNC);
  plan.open(STDERR_FILENO, start.errors, O_WRONLY | O_CREAT | O_TRUNC);
  // Sockets of this process are none of its business.
  posix_spawn_file_actions_addclosefrom_np(&plan.actions, STDERR_FILENO + 1);
  posix_spawn_file_actions_addchdir_np(&plan.actions, start.folder.c_str());
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&plan.attributes, &none);
  posix_spawnattr_setsigdefault(&plan.attributes, &all);
  posix_spawnattr_setpgroup(&plan.attributes, 0);
  posix_spawnattr_setflags(&plan.attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<char*> words = pointers(start.words);
  words.push_back(nullptr);
  std::vector<char*> variables = environment(start.variables);
  const int error = posix_spawnp(&process_, words[0], &plan.actions, &plan.attributes, words.data(),
                                 variables.data());
  if (error == 0) return;
  process_ = -1;
  throw std::runtime_error("cannot start " + start.words[0] + ": " +
                           std::generic_category().message(error));
}

ChildProcess::~ChildProcess() {
  if (process_ > 0) reap();
}

// It stays a zombie, so that its id, which is also the group's, belongs to nobody else.
void ChildProcess::wait() const {
  siginfo_t info;
  while (waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOWAIT) != 0)
    ENSURE(errno == EINTR, errno);
}

void ChildProcess::kill_group() const { ::kill(-process_, SIGKILL); }

std::string ChildProcess::reap() {
  ENSURE(process_ > 0);
  kill_group();  // whom it has left behind
  int status = 0;
  while (waitpid(process_, &status, 0) < 0) ENSURE(errno == EINTR, errno);
  process_ = -1;
  if (WIFEXITED(status))
    return WEXITSTATUS(status) == 0 ? "" : "exit code " + std::to_string(WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  return "signal " + std::to_string(signal) + " (" + sigdescr_np(signal) + ")";
}

}  // namespace wukong::processes
