#include "workloads/wfformat/in_place_files.h"

#include <algorithm>
#include <set>
#include <string>

#include "workloads/dag/topological_order.h"

namespace wukong::wfformat {
namespace {

class Versions {
 public:
  Versions(Workflow& workflow, std::vector<std::vector<size_t>> predecessors,
           std::vector<size_t> order)
      : workflow_(workflow),
        predecessors_(std::move(predecessors)),
        order_(std::move(order)),
        place_(order_.size()),
        readers_(workflow.files.size()) {
    for (size_t i = 0; i < order_.size(); ++i) place_[order_[i]] = i;
    for (const WorkflowFile& file : workflow_.files) names_.insert(file.name);
    for (size_t task = 0; task < workflow_.tasks.size(); ++task)
      for (const size_t file : workflow_.tasks[task].inputs)
        if (!workflow_.files[file].updaters.empty()) readers_[file].push_back(task);
  }

  void give() {
    const size_t files = workflow_.files.size();
    for (size_t file = 0; file < files; ++file)
      if (!workflow_.files[file].updaters.empty()) give(file);
  }

 private:
  void give(size_t file) {
    std::vector<size_t> updaters = workflow_.files[file].updaters;
    std::sort(updaters.begin(), updaters.end(),
              [&](size_t a, size_t b) { return place_[a] < place_[b]; });
    std::vector<size_t> versions{file};
    std::vector<size_t> own(workflow_.tasks.size());  // the number of the version that it writes
    for (const size_t task : updaters) {
      own[task] = versions.size();
      versions.push_back(add_version(file, versions.size(), task));
    }
    const std::vector<size_t> latest = latest_before(own);
    for (const size_t task : readers_[file]) {
      const size_t version = own[task] > 0 ? own[task] - 1 : latest[task];
      std::ranges::replace(workflow_.tasks[task].inputs, file, versions[version]);
    }
    for (const size_t task : updaters)
      std::ranges::replace(workflow_.tasks[task].outputs, file, versions[own[task]]);
    workflow_.files[file].updaters.clear();
  }

  // Of each task, the last version that is written by a task before it.
  std::vector<size_t> latest_before(const std::vector<size_t>& own) const {
    std::vector<size_t> latest(own.size());
    for (const size_t task : order_)
      for (const size_t before : predecessors_[task])
        latest[task] = std::max({latest[task], latest[before], own[before]});
    return latest;
  }

  size_t add_version(size_t file, size_t number, size_t task) {
    std::string name = workflow_.files[file].name + " (version " + std::to_string(number + 1) + ")";
    while (!names_.insert(name).second) name += "'";
    workflow_.files.push_back({name, workflow_.files[file].size, task, {}});
    return workflow_.files.size() - 1;
  }

  Workflow& workflow_;
  std::vector<std::vector<size_t>> predecessors_;
  std::vector<size_t> order_;
  std::vector<size_t> place_;                 // of each task in the order
  std::vector<std::vector<size_t>> readers_;  // of files that have updaters
  std::set<std::string> names_;
};

}  // namespace

std::vector<size_t> give_versions(Workflow& workflow) {
  if (std::ranges::all_of(workflow.files,
                          [](const WorkflowFile& file) { return file.updaters.empty(); }))
    return {};
  std::vector<std::vector<size_t>> predecessors = predecessors_of(workflow);
  dag::TopologicalOrder sorted = dag::topological_order(predecessors);
  if (!sorted.cycle.empty()) return sorted.cycle;
  Versions(workflow, std::move(predecessors), std::move(sorted.order)).give();
  return {};
}

}  // namespace wukong::wfformat
