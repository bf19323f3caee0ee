#include "bench/fuzz/isolated_worker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstring>
#include <exception>

#include "bench/text/tell.h"
#include "sim/base/check.h"
#include "sim/base/error.h"

namespace wukong::fuzz {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error({"", 0, ""}, fmt::format("{}: {}", what, std::strerror(errno)));
}

void write_all(int descriptor, const std::string& text) {
  for (size_t done = 0; done < text.size();) {
    const ssize_t written = ::write(descriptor, text.data() + done, text.size() - done);
    if (written <= 0) _exit(0);  // the parent is gone
    done += static_cast<size_t>(written);
  }
}

}  // namespace

IsolatedWorker::IsolatedWorker(const FuzzWork& work, WorkRange range)
    : range_(range), current_(range.first), since_(Clock::now()) {
  ENSURE(range.step > 0);
  int ends[2];
  messages_ = std::tmpfile();
  if (messages_ == nullptr || ::pipe2(ends, O_CLOEXEC) != 0) fail("cannot talk to a child process");
  std::fflush(nullptr);
  process_ = ::fork();
  if (process_ < 0) fail("cannot start a child process");
  if (process_ == 0) {
    ::close(ends[0]);
    run_child(work, ends[1]);
  }
  ::close(ends[1]);
  descriptor_ = ends[0];
  ::fcntl(descriptor_, F_SETFL, O_NONBLOCK);
}

IsolatedWorker::~IsolatedWorker() {
  kill_child();
  if (descriptor_ >= 0) ::close(descriptor_);
  std::fclose(messages_);
}

void IsolatedWorker::run_child(const FuzzWork& work, int descriptor) {
  ::dup2(::fileno(messages_), STDERR_FILENO);
  for (const int number : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS, SIGTERM, SIGPIPE})
    ::signal(number, SIG_DFL);  // whatever the parent does about them
  try {
    for (uint64_t index = range_.first; index < range_.end; index += range_.step)
      write_all(descriptor, work(index).to_line());
  } catch (const std::exception& error) {
    text::tell("{}\n", error.what());
    _exit(1);
  }
  _exit(0);
}

// Of a child that has just ended nothing is known any more, and it does not take too long.
double IsolatedWorker::computed() const {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return 0;
  return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

bool IsolatedWorker::takes_longer_than(double patience_s) const {
  const double passed = std::chrono::duration<double>(Clock::now() - since_).count();
  if (passed <= patience_s) return false;
  return passed > 10 * patience_s || computed() - computed_before_ > patience_s;
}

std::vector<FuzzReport> IsolatedWorker::read() {
  std::vector<FuzzReport> reports;
  char buffer[65536];
  ssize_t count = 0;
  while ((count = ::read(descriptor_, buffer, sizeof buffer)) > 0)
    unread_.append(buffer, static_cast<size_t>(count));
  size_t end = 0;
  while ((end = unread_.find('\n')) != std::string::npos) {
    const auto report = read_report(unread_.substr(0, end));
    unread_.erase(0, end + 1);
    ENSURE(report.has_value());
    reports.push_back(*report);
    current_ = report->index + range_.step;
    since_ = Clock::now();
    computed_before_ = computed();
  }
  if (count != 0 || ended_) return reports;
  ended_ = true;
  if (current_ < range_.end) reports.push_back(report_death());
  return reports;
}

FuzzReport IsolatedWorker::report_death() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  std::rewind(messages_);
  char text[2000] = "";
  const size_t length = std::fread(text, 1, sizeof text - 1, messages_);
  FuzzReport report;
  report.index = current_;
  report.runs = 1;
  std::string said(text, length);
  said = said.substr(0, said.find("\nThis is a bug"));
  if (WIFSIGNALED(status))
    report.violations.push_back(
        fmt::format("the program ended with signal {}: {}", WTERMSIG(status), said));
  else
    report.violations.push_back("the program failed: " + said);
  return report;
}

FuzzReport IsolatedWorker::give_up(double patience_s) {
  kill_child();
  ended_ = true;
  FuzzReport report;
  report.index = current_;
  report.runs = 1;
  report.violations.push_back(fmt::format(
      "a run did not end within {:g} s of computing, or ten times that of waiting", patience_s));
  return report;
}

void IsolatedWorker::kill_child() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

}  // namespace wukong::fuzz
