#include "bench/results/query_guard.h"

#include <fmt/format.h>
#include <pthread.h>
#include <sqlite3.h>

#include <ctime>

#include "sim/base/error.h"

namespace wukong::results {
namespace {

// Instructions of SQLite's machine between two looks: about a tenth of a millisecond.
constexpr int kInstructions = 10'000;

}  // namespace

QueryGuard::QueryGuard(Database& database, std::chrono::nanoseconds longest)
    : database_(database), longest_(longest), begun_(std::chrono::steady_clock::now()) {
  sigemptyset(&watched_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&watched_, signal);
  pthread_sigmask(SIG_BLOCK, &watched_, &before_);
  const auto look = [](void* self) { return static_cast<QueryGuard*>(self)->must_end() ? 1 : 0; };
  sqlite3_progress_handler(database.handle(), kInstructions, look, this);
}

QueryGuard::~QueryGuard() {
  sqlite3_progress_handler(database_.handle(), 0, nullptr, nullptr);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool QueryGuard::must_end() {
  const timespec now{};
  if (signal_ == 0) {
    const int signal = sigtimedwait(&watched_, nullptr, &now);
    if (signal > 0) signal_ = signal;
  }
  late_ = late_ || std::chrono::steady_clock::now() - begun_ > longest_;
  return signal_ != 0 || late_;
}

void QueryGuard::explain() const {
  if (signal_ != 0) throw QueryInterrupted(signal_);
  if (!late_) return;
  const double seconds = std::chrono::duration<double>(longest_).count();
  throw Error({"STATEMENT", 0, ""},
              fmt::format("one that ends within {:.9g} s (--time-limit)", seconds),
              "one that was still running");
}

}  // namespace wukong::results
