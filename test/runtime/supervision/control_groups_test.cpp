#include "runtime/supervision/control_groups.h"

#include <fstream>
#include <iterator>
#include <string>

#include "runtime/processes/scratch_folder.h"
#include "test/catch.h"

namespace wukong::supervision {
namespace {

// A folder that looks like a control group to whoever writes into it. Folders made in it have none
// of the kernel's files, so that what is said to them can be read.
struct FalseGroup {
  explicit FalseGroup(const std::string& controllers) {
    put("cgroup.controllers", controllers);
    put("cgroup.subtree_control", "");
    put("cgroup.procs", "");
    std::filesystem::create_directory(folder());
    std::ofstream(folder() / "cgroup.procs") << "";
  }
  void put(const std::string& name, const std::string& text) {
    std::ofstream(scratch.path() / name) << text;
  }
  static std::string read(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::filesystem::path folder() const { return scratch.path() / "ours"; }

  processes::ScratchFolder scratch;
};

constexpr GroupLimits kLimits = {.memory_bytes = 128 << 20, .cores = 128.0 / 1769};

TEST_CASE("a control group has its memory and its share of the CPU", "[environments]") {
  const FalseGroup parent("cpu memory pids\n");
  const auto groups = ControlGroups::make_at(parent.folder());
  REQUIRE(groups);
  CHECK(groups->limits_memory());
  CHECK(groups->limits_cpu());
  const auto group = groups->group("7", kLimits);
  REQUIRE(group);
  CHECK(FalseGroup::read(group->folder() / "memory.max") == "134217728");
  CHECK(FalseGroup::read(group->folder() / "memory.swap.max") == "0");
  CHECK(FalseGroup::read(group->folder() / "cpu.max") == "1447 20000");
  CHECK_FALSE(group->peak_memory_bytes());
  std::ofstream(group->folder() / "memory.peak") << "1048577\n";
  CHECK(group->peak_memory_bytes() == 1048577);
  CHECK(group->freeze());
  CHECK(FalseGroup::read(group->folder() / "cgroup.freeze") == "1");
  CHECK(group->thaw());
  CHECK(FalseGroup::read(group->folder() / "cgroup.freeze") == "0");
}

TEST_CASE("a control group without controllers limits nothing, and says so", "[environments]") {
  const FalseGroup parent("hugetlb\n");
  const auto groups = ControlGroups::make_at(parent.folder());
  REQUIRE(groups);
  CHECK_FALSE(groups->limits_memory());
  CHECK_FALSE(groups->limits_cpu());
  const auto group = groups->group("7", kLimits);
  REQUIRE(group);
  CHECK_FALSE(std::filesystem::exists(group->folder() / "memory.max"));
  CHECK_FALSE(std::filesystem::exists(group->folder() / "cpu.max"));
}

TEST_CASE("where no control group can be made there are none", "[environments]") {
  const processes::ScratchFolder scratch;  // no control group: its folders have no cgroup.procs
  CHECK_FALSE(ControlGroups::make_at(scratch.path() / "ours"));
  CHECK_FALSE(std::filesystem::exists(scratch.path() / "ours"));
  CHECK_FALSE(ControlGroups::make_at(scratch.path() / "nowhere" / "ours"));
}

}  // namespace
}  // namespace wukong::supervision
