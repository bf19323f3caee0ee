#include "bench/reproduction/gnuplot.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <thread>

#include "sim/base/error.h"

namespace wukong::bench {
namespace {

constexpr const char* kProgram = "gnuplot";

struct SpawnActions {
  posix_spawn_file_actions_t actions;
  SpawnActions() { posix_spawn_file_actions_init(&actions); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
};

struct Child {
  pid_t pid;
  std::string script;
};

// 0, or why it did not start.
int start(const std::string& folder, std::string argument, pid_t& pid) {
  SpawnActions spawn;
  posix_spawn_file_actions_addchdir_np(&spawn.actions, folder.c_str());
  std::string name = kProgram;
  char* const arguments[] = {name.data(), argument.data(), nullptr};
  return ::posix_spawnp(&pid, kProgram, &spawn.actions, nullptr, arguments, environ);
}

// The exit code, or 128 and more for another end.
int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

}  // namespace

bool have_gnuplot() {
  pid_t pid = 0;
  SpawnActions spawn;
  posix_spawn_file_actions_addopen(&spawn.actions, STDOUT_FILENO, "/dev/null", 1, 0);
  std::string name = kProgram, argument = "--version";
  char* const arguments[] = {name.data(), argument.data(), nullptr};
  return ::posix_spawnp(&pid, kProgram, &spawn.actions, nullptr, arguments, environ) == 0 &&
         wait_for(pid) == 0;
}

void run_gnuplot(const std::string& folder, const std::vector<std::string>& scripts,
                 unsigned threads) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  std::deque<Child> running;
  std::string failed;
  const auto finish_oldest = [&] {
    if (wait_for(running.front().pid) != 0 && failed.empty()) failed = running.front().script;
    running.pop_front();
  };
  for (const std::string& script : scripts) {
    if (running.size() >= threads) finish_oldest();
    pid_t pid = 0;
    if (start(folder, script, pid) != 0) {
      if (failed.empty()) failed = script;
      break;
    }
    running.push_back({pid, script});
  }
  while (!running.empty()) finish_oldest();
  if (!failed.empty())
    throw Error({folder + "/" + failed, 0, ""}, "gnuplot could not draw this script");
}

}  // namespace wukong::bench
