// For tests of invariants: runs a function in a child process that is expected to abort.
#pragma once

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace wukong::test {

// What `doomed` wrote to stderr before it aborted; "" if it did not abort.
template <class Function>
std::string dying_words(Function doomed) {
  int ends[2];
  if (::pipe(ends) != 0) return "";
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    std::signal(SIGABRT, SIG_DFL);  // not the test framework's handler
    doomed();
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string words;
  char buffer[512];
  for (ssize_t size; (size = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    words.append(buffer, static_cast<size_t>(size));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? words : "";
}

}  // namespace wukong::test
