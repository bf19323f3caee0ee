#include "runtime/supervision/process_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

namespace wukong::supervision {
namespace {

// Ids begin anew at the largest one; within this time they do not go all the way round.
constexpr std::chrono::seconds kTrusted{1};

// A process is there a moment after its id was given out; so many ids are given out meanwhile, at
// most, and so many that were not there are looked for again.
constexpr pid_t kJustGivenOut = 64;
constexpr ptrdiff_t kMostAbsent = 512;

// The first bytes of a file; empty if there is none.
std::string beginning_of(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  std::array<char, 512> text;
  const ssize_t bytes = read(file, text.data(), text.size());
  close(file);
  return bytes > 0 ? std::string(text.data(), static_cast<size_t>(bytes)) : std::string();
}

// The id that was given out last, from "0.00 0.01 0.05 1/123 4567". 0: unknown.
pid_t newest_process() {
  const std::string load = beginning_of("/proc/loadavg");
  const size_t at = load.rfind(' ');
  return at == std::string::npos ? 0 : static_cast<pid_t>(strtol(load.c_str() + at, nullptr, 10));
}

}  // namespace

// False: there is none.
bool ProcessTree::look_at(pid_t process) {
  const std::string stat = beginning_of("/proc/" + std::to_string(process) + "/stat");
  const size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos || name_end + 4 >= stat.size())
    return parents_.erase(process), false;
  parents_[process] = static_cast<pid_t>(strtol(stat.c_str() + name_end + 4, nullptr, 10));
  return true;
}

void ProcessTree::look_at_all() {
  parents_.clear();
  looked_at_all_ = std::chrono::steady_clock::now();
  newest_ = newest_process();
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir("/proc"), closedir);
  if (!folder) return;
  while (const dirent* entry = readdir(folder.get()))
    if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
      look_at(static_cast<pid_t>(strtol(entry->d_name, nullptr, 10)));
  absent_.clear();
  for (pid_t process = std::max(newest_ - kJustGivenOut, 1); process <= newest_; ++process)
    if (!parents_.contains(process)) absent_.push_back(process);
}

void ProcessTree::update() {
  const pid_t newest = newest_process();
  const bool trusted = std::chrono::steady_clock::now() - looked_at_all_ < kTrusted;
  if (!trusted || newest == 0 || newest < newest_) return look_at_all();
  std::vector<pid_t> unknown = std::move(absent_);
  if (std::ssize(unknown) > kMostAbsent)
    unknown.erase(unknown.begin(), unknown.end() - kMostAbsent);
  for (pid_t process = newest_ + 1; process <= newest; ++process) unknown.push_back(process);
  absent_.clear();
  for (const pid_t process : unknown)
    if (!look_at(process)) absent_.push_back(process);
  newest_ = newest;
}

bool ProcessTree::descends(pid_t process, pid_t ancestor) const {
  // A chain is no longer than there are processes, also if ids were used again meanwhile.
  for (size_t steps = 0; steps < parents_.size(); ++steps) {
    const auto found = parents_.find(process);
    if (found == parents_.end()) return false;
    process = found->second;
    if (process == ancestor) return true;
  }
  return false;
}

std::vector<pid_t> ProcessTree::descendants(pid_t ancestor) {
  update();
  std::vector<pid_t> found;
  for (const auto& [process, parent] : parents_)
    if (descends(process, ancestor)) found.push_back(process);
  return found;
}

}  // namespace wukong::supervision
