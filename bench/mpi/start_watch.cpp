#include "bench/mpi/start_watch.h"

#include <fmt/core.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "bench/commands/exit_code.h"
#include "bench/text/tell.h"
#include "sim/base/error.h"

namespace wukong::mpi {
namespace {

constexpr const char* kVariable = "WUKONG_MPI_START_S";
constexpr int kDefault = 120;
constexpr int kMost = 86'400;

}  // namespace

StartWatch::StartWatch(std::chrono::seconds longest)
    : thread_([this, longest] { work(longest); }) {}

StartWatch::~StartWatch() {
  {
    const std::lock_guard lock(mutex_);
    started_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

// The main thread is inside MPI_Init and cannot be called back: the process ends as it is.
void StartWatch::work(std::chrono::seconds longest) {
  std::unique_lock lock(mutex_);
  if (wake_.wait_for(lock, longest, [this] { return started_; })) return;
  text::tell(
      "wukong: error: MPI: expected all ranks within {} s, found that some are missing (one "
      "may have died before it began); {} changes the limit\n",
      longest.count(), kVariable);
  ::_exit(commands::kBadInput);
}

std::chrono::seconds longest_mpi_start() {
  const char* written = std::getenv(kVariable);
  if (written == nullptr) return std::chrono::seconds(kDefault);
  const std::string_view text = written;
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || seconds < 1 || seconds > kMost)
    throw Error({"", 0, kVariable}, "a number of seconds from 1 to 86400",
                fmt::format("\"{}\"", text));
  return std::chrono::seconds(seconds);
}

}  // namespace wukong::mpi
