#include "runtime/supervision/control_groups.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

namespace wukong::supervision {
namespace {

// The kernel's files take a value in one write, or refuse it.
bool tell_group(const std::filesystem::path& file, const std::string& value) {
  const int open_file = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (open_file < 0) return false;
  const ssize_t bytes = write(open_file, value.data(), value.size());
  close(open_file);
  return bytes == static_cast<ssize_t>(value.size());
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool names(const std::string& list, const std::string& word) {
  std::istringstream words(list);
  return std::find(std::istream_iterator<std::string>(words), {}, word) !=
         std::istream_iterator<std::string>();
}

// Where cgroup v2 is, and which group of it this process is in.
std::filesystem::path own_group() {
  std::string mount;
  std::ifstream mounts("/proc/self/mounts");
  for (std::string device, point, type, rest; mounts >> device >> point >> type;) {
    std::getline(mounts, rest);
    if (type == "cgroup2") mount = point;
  }
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);)
    if (!mount.empty() && line.compare(0, 3, "0::") == 0) return mount + line.substr(3);
  return {};
}

}  // namespace

bool ControlGroup::freeze() const { return tell_group(folder_ / "cgroup.freeze", "1"); }
bool ControlGroup::thaw() const { return tell_group(folder_ / "cgroup.freeze", "0"); }

std::optional<uint64_t> ControlGroup::peak_memory_bytes() const {
  std::ifstream file(folder_ / "memory.peak");
  uint64_t bytes = 0;
  return file >> bytes ? std::optional(bytes) : std::nullopt;
}

std::unique_ptr<ControlGroups> ControlGroups::make(const std::string& name) {
  const std::filesystem::path own = own_group();
  return own.empty() ? nullptr : make_at(own / name);
}

std::unique_ptr<ControlGroups> ControlGroups::make_at(const std::filesystem::path& folder) {
  const std::filesystem::path parent = folder.parent_path();
  std::error_code error;
  std::filesystem::create_directory(folder, error);
  if (error || access((folder / "cgroup.procs").c_str(), W_OK) != 0 ||
      access((parent / "cgroup.procs").c_str(), W_OK) != 0) {
    std::filesystem::remove(folder, error);
    return nullptr;
  }
  std::unique_ptr<ControlGroups> groups(new ControlGroups(folder));
  groups->enable(parent);
  return groups;
}

void ControlGroups::enable(const std::filesystem::path& parent) {
  const std::string available = text_of(parent / "cgroup.controllers");
  for (const std::string controller : {"memory", "cpu"}) {
    if (!names(available, controller)) continue;
    const std::string word = "+" + controller;
    const std::filesystem::path grant = parent / "cgroup.subtree_control";
    if (!names(text_of(grant), controller) && !tell_group(grant, word)) {
      std::error_code ignored;
      std::filesystem::create_directory(folder_ / "server", ignored);
      const std::string self = std::to_string(getpid());
      if (!tell_group(folder_ / "server" / "cgroup.procs", self)) continue;
      if (!tell_group(grant, word)) {  // there are others
        tell_group(parent / "cgroup.procs", self);
        std::filesystem::remove(folder_ / "server", ignored);
        continue;
      }
    }
    const bool passed_on = tell_group(folder_ / "cgroup.subtree_control", word);
    (controller == "cpu" ? limits_cpu_ : limits_memory_) = passed_on;
  }
}

std::optional<ControlGroup> ControlGroups::group(const std::string& name,
                                                 const GroupLimits& limits) const {
  const std::filesystem::path folder = folder_ / name;
  std::error_code error;
  std::filesystem::create_directory(folder, error);
  if (error) return {};
  if (limits_memory_) {
    tell_group(folder / "memory.max", std::to_string(limits.memory_bytes));
    tell_group(folder / "memory.swap.max", "0");
    tell_group(folder / "memory.oom.group", "1");
  }
  // So much of each 20 ms, as AWS Lambda's own groups have it.
  constexpr double kPeriodUs = 20'000;
  if (limits_cpu_)
    tell_group(folder / "cpu.max",
               std::to_string(std::max(1000L, std::lround(limits.cores * kPeriodUs))) + " " +
                   std::to_string(std::lround(kPeriodUs)));
  return ControlGroup(folder);
}

}  // namespace wukong::supervision
