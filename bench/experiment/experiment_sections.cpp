#include "bench/experiment/experiment_sections.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "bench/parameters/parameter_tree.h"
#include "sim/base/error.h"

namespace wukong::experiment {
namespace {

constexpr std::string_view kSections[] = {"platform",  "workload",  "systems", "replicates", "seed",
                                          "horizon_s", "emulation", "faults",  "check"};

// Files that are good, but not for this command.
void refuse_other_documents(const parameters::ParameterTree& tree) {
  const std::string file = tree.origin.place("").file;
  if (tree.find("workflow") != nullptr)
    throw Error(tree.origin.place(""), "an experiment (platform, workload, systems)",
                "a workflow in WfFormat; `wukong dag info " + file +
                    "` looks at it, and an experiment runs it: workload: {wfformat: " + file + "}");
  for (const char* key : {"sweep", "until"})
    if (const parameters::ParameterTree* found = tree.find(key); found != nullptr)
      throw Error(found->origin.place(key), "an experiment, which has one point",
                  "a sweep; `wukong sweep " + file + "` runs it");
}

}  // namespace

void check_sections(const parameters::ParameterTree& tree) {
  if (!tree.is_map())
    throw Error(tree.origin.place(""), "an experiment (platform, workload, systems)",
                tree.describe());
  refuse_other_documents(tree);
  for (const parameters::ParameterEntry& entry : tree.entries)
    if (std::find(std::begin(kSections), std::end(kSections), entry.key) == std::end(kSections))
      throw Error(entry.value.origin.place(entry.key),
                  "unknown key" + did_you_mean(entry.key, kSections));
}

}  // namespace wukong::experiment
