#include "bench/sweep/in_place_axes.h"

#include <set>
#include <string_view>

#include "bench/experiment/catalog.h"
#include "bench/experiment/jobs_setup.h"
#include "bench/experiment/trace_setup.h"
#include "bench/parameters/settings.h"
#include "scheduler/policy/policy.h"
#include "sim/base/fields.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"
#include "workloads/catalog/workload.h"

namespace wukong::sweep {
namespace {

// The keys of parameters that are lists, asked from the structs themselves.
class ListKeys final : public FieldVisitor {
 public:
  void take(std::string_view key, const Field& field) override {
    if (std::holds_alternative<NumbersField>(field) || std::holds_alternative<TextsField>(field))
      keys_.emplace(key);
  }
  bool present(std::string_view, bool) override { return true; }
  void begin(std::string_view) override {}
  void end() override {}
  std::vector<std::string> keys(std::string_view) override { return {"any"}; }

  void add(const std::string& key) { keys_.insert(key); }
  bool has(const std::string& key) const { return keys_.contains(key); }

 private:
  std::set<std::string, std::less<>> keys_;
};

ListKeys list_keys(const experiment::Catalog& catalog) {
  ListKeys keys;
  platform::PlatformSpec platform;
  platform.visit(keys);
  for (const workloads::Workload& workload : catalog.workloads)
    workload.make_parameters()->visit(keys);
  for (const scheduler::Policy& policy : catalog.policies) policy.make_options()->visit(keys);
  return keys;
}

// Of loads, whose lists have names that are no lists elsewhere.
ListKeys load_list_keys() {
  ListKeys keys;
  experiment::JobsOptions().visit(keys);
  experiment::TraceLoadOptions().visit(keys);
  keys.add("of");  // the kinds of jobs, which are no values
  return keys;
}

class Finder {
 public:
  Finder(const ListKeys& lists, std::vector<Axis>& axes) : lists_(lists), axes_(axes) {}

  // Whether `tree`, which stands at `path`, is an axis; what it holds is searched otherwise.
  bool take(parameters::ParameterTree& tree, const std::string& path, const std::string& key) {
    if (is_axis(tree, path, key)) {
      add_axis(axes_, path, tree);
      return true;
    }
    take_children(tree, path);
    return false;
  }

  void take_children(parameters::ParameterTree& tree, const std::string& path) {
    std::vector<std::string> taken;
    for (parameters::ParameterEntry& entry : tree.entries)
      if (take(entry.value, parameters::join_path(path, entry.key), entry.key))
        taken.push_back(entry.key);
    for (const std::string& key : taken) tree.remove(key);
  }

  // Here a list is the systems that are compared; axes are in their overrides.
  void search_systems(parameters::ParameterTree& systems) {
    for (parameters::ParameterTree& item : systems.items) {
      if (!item.is_map() || item.entries.size() != 1) continue;
      const std::string path =
          parameters::join_path("systems", parameters::read_system_entry(item).label());
      take_children(item.entries.front().value, path);
    }
  }

 private:
  bool is_axis(const parameters::ParameterTree& tree, const std::string& path,
               const std::string& key) const {
    if (looks_like_range(tree)) return true;
    if (!tree.is_list()) return false;
    const bool of_load = path.starts_with("workload.jobs.") || path.starts_with("workload.trace.");
    const ListKeys& lists = of_load ? load_lists_ : lists_;
    return !lists.has(key) || (!tree.items.empty() && tree.items.front().is_list());
  }

  const ListKeys& lists_;
  const ListKeys load_lists_ = load_list_keys();
  std::vector<Axis>& axes_;
};

}  // namespace

std::vector<Axis> take_in_place_axes(parameters::ParameterTree& experiment,
                                     const experiment::Catalog& catalog) {
  const ListKeys lists = list_keys(catalog);
  std::vector<Axis> axes;
  Finder finder(lists, axes);
  std::vector<std::string> taken;
  for (parameters::ParameterEntry& section : experiment.entries) {
    if (section.key == "systems")
      finder.search_systems(section.value);
    else if (finder.take(section.value, section.key, section.key))
      taken.push_back(section.key);
  }
  for (const std::string& key : taken) experiment.remove(key);
  return axes;
}

}  // namespace wukong::sweep
