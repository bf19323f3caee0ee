#include "bench/sweep_runner/signal_watch.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <string>

#include "sim/base/check.h"
#include "sim/base/error.h"

namespace wukong::sweep_runner {
namespace {

constexpr std::array<int, 2> kSignals = {SIGINT, SIGTERM};

// The first thread of a process has the process' number. It has blocked the signal, so that it
// waits there until it is read.
extern "C" void pass_to_first_thread(int signal) {
  const int error = errno;
  ::syscall(SYS_tgkill, ::getpid(), ::getpid(), signal);
  errno = error;
}

}  // namespace

SignalWatch::SignalWatch() {
  ENSURE(::gettid() == ::getpid(), ::gettid());
  sigemptyset(&watched_);
  for (const int signal : kSignals) sigaddset(&watched_, signal);
  signals_ = signalfd(-1, &watched_, SFD_NONBLOCK | SFD_CLOEXEC);
  wake_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (signals_ < 0 || wake_ < 0) {
    const std::string reason = std::strerror(errno);
    if (signals_ >= 0) ::close(signals_);
    throw Error({"", 0, "signals"}, "cannot be watched: " + reason);
  }
  pthread_sigmask(SIG_BLOCK, &watched_, &before_);
  struct sigaction handler{};
  handler.sa_handler = pass_to_first_thread;
  handler.sa_flags = SA_RESTART;
  for (size_t i = 0; i < kSignals.size(); ++i)
    ::sigaction(kSignals[i], &handler, &handlers_before_[i]);
}

SignalWatch::~SignalWatch() {
  for (size_t i = 0; i < kSignals.size(); ++i)
    ::sigaction(kSignals[i], &handlers_before_[i], nullptr);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  ::close(signals_);
  ::close(wake_);
}

std::optional<int> SignalWatch::wait_for(std::chrono::nanoseconds time) {
  timespec limit{};
  limit.tv_sec = static_cast<time_t>(time.count() / 1'000'000'000);
  limit.tv_nsec = static_cast<long>(time.count() % 1'000'000'000);
  std::array<pollfd, 2> watched{pollfd{signals_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
  if (::ppoll(watched.data(), watched.size(), &limit, nullptr) <= 0) return std::nullopt;
  uint64_t wakes = 0;
  if (::read(wake_, &wakes, sizeof wakes) > 0 && watched[0].revents == 0) return std::nullopt;
  signalfd_siginfo signal{};
  if (::read(signals_, &signal, sizeof signal) != sizeof signal) return std::nullopt;
  return static_cast<int>(signal.ssi_signo);
}

void SignalWatch::wake() {
  const uint64_t one = 1;
  const ssize_t written = ::write(wake_, &one, sizeof one);
  ENSURE(written == sizeof one, written);
}

}  // namespace wukong::sweep_runner
