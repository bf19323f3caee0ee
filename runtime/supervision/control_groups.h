// Control groups of Linux (cgroup v2), as far as this process may make them: each environment's
// processes in one of its own, with its memory, its share of the CPU, and a switch that freezes all
// of them. What is not permitted is not there, and said so.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace wukong::supervision {

struct GroupLimits {
  uint64_t memory_bytes = 0;
  double cores = 0;
};

// One environment's. Whoever keeps its processes deletes it when they are gone (see Launch).
class ControlGroup {
 public:
  explicit ControlGroup(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }
  // False: it could not be told.
  bool freeze() const;
  bool thaw() const;
  // What its processes had at most together, if the kernel counts it.
  std::optional<uint64_t> peak_memory_bytes() const;

 private:
  std::filesystem::path folder_;
};

class ControlGroups {
 public:
  // `folder`: the group in which they will be; its parent is there. Null: it cannot be made.
  static std::unique_ptr<ControlGroups> make_at(const std::filesystem::path& folder);
  // In this process's own group, under that name. If that is ours alone (systemd-run --user --scope
  // -p Delegate=yes), this process moves into a group beside the environments', because a group
  // that limits others has no processes itself.
  static std::unique_ptr<ControlGroups> make(const std::string& name);

  bool limits_memory() const { return limits_memory_; }
  bool limits_cpu() const { return limits_cpu_; }
  const std::filesystem::path& folder() const { return folder_; }
  // Nothing: it could not be made.
  std::optional<ControlGroup> group(const std::string& name, const GroupLimits& limits) const;

 private:
  explicit ControlGroups(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void enable(const std::filesystem::path& parent);

  std::filesystem::path folder_;
  bool limits_memory_ = false;
  bool limits_cpu_ = false;
};

}  // namespace wukong::supervision
