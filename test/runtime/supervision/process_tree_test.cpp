#include "runtime/supervision/process_tree.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

#include "test/catch.h"

namespace wukong::supervision {
namespace {

pid_t sleeping_child() {
  const pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  return child;
}

TEST_CASE("a process is found among its ancestor's descendants from when it is there",
          "[environments]") {
  ProcessTree tree;
  const auto knows = [&](pid_t process) {
    const std::vector<pid_t> all = tree.descendants(getpid());
    return std::find(all.begin(), all.end(), process) != all.end();
  };
  std::vector<pid_t> children;
  for (int i = 0; i < 50; ++i) {
    children.push_back(sleeping_child());
    CHECK(knows(children.back()));
  }
  CHECK(std::all_of(children.begin(), children.end(), knows));
  CHECK_FALSE(knows(getppid()));
  CHECK_FALSE(knows(1));
  for (const pid_t child : children) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
}

}  // namespace
}  // namespace wukong::supervision
