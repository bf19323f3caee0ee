#include "bench/sweep/sweep_plan.h"

#include <algorithm>
#include <boost/json.hpp>

#include "bench/experiment/trace_setup.h"
#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"
#include "bench/sweep/grid.h"
#include "bench/sweep/in_place_axes.h"
#include "sim/base/check.h"

namespace wukong::sweep {
namespace {

namespace json = boost::json;

constexpr std::string_view kSections[] = {"axes", "zip", "sample", "exclude", "limit"};
constexpr std::string_view kMethods[] = {"random", "latin_hypercube"};
// What the sweep itself sets, or compares.
constexpr std::string_view kNoAxes[] = {"replicates", "seed", "systems", "sweep", "until"};
constexpr int64_t kPointLimit = 10'000;

parameters::ParameterTree take(parameters::ParameterTree& tree, std::string_view key) {
  const parameters::ParameterTree* found = tree.find(key);
  if (found == nullptr) return parameters::ParameterTree::make_map(tree.origin);
  parameters::ParameterTree taken = *found;
  tree.remove(key);
  if (!taken.is_map()) throw Error(taken.origin.place(std::string(key)), "a map", taken.describe());
  return taken;
}

void check_keys(const parameters::ParameterTree& sweep) {
  for (const parameters::ParameterEntry& entry : sweep.entries)
    if (std::find(std::begin(kSections), std::end(kSections), entry.key) == std::end(kSections))
      throw Error(entry.value.origin.place("sweep." + entry.key),
                  "unknown key" + did_you_mean(entry.key, kSections));
}

void add_axes(const parameters::ParameterTree& sweep, std::vector<Axis>& axes) {
  const parameters::ParameterTree* written = sweep.find("axes");
  if (written != nullptr && !written->is_map())
    throw Error(written->origin.place("sweep.axes"), "a map from keys to values",
                written->describe());
  if (written == nullptr) return;
  for (const parameters::ParameterEntry& entry : written->entries)
    add_axis(axes, entry.key, entry.value);
}

void check_axes(const std::vector<Axis>& axes) {
  for (const Axis& axis : axes) {
    if (std::find(std::begin(kNoAxes), std::end(kNoAxes), axis.key) != std::end(kNoAxes))
      throw Error(axis.origin.place("sweep.axes." + axis.key),
                  "a key of the platform, of the workload or of a system",
                  "\"" + axis.key + "\", which is the same at all points");
    const auto same =
        std::count_if(axes.begin(), axes.end(), [&](const Axis& a) { return a.key == axis.key; });
    if (same > 1) throw Error(axis.origin.place(axis.key), "this key is an axis twice");
  }
}

size_t axis_called(const parameters::ParameterTree& name, const std::vector<Axis>& axes) {
  std::vector<std::string> keys;
  for (const Axis& axis : axes) keys.push_back(axis.key);
  const auto found = std::find(keys.begin(), keys.end(), name.text);
  if (!name.is_scalar() || found == keys.end())
    throw Error(name.origin.place("sweep.zip"), "the key of an axis",
                name.describe() + did_you_mean(name.text, keys));
  return static_cast<size_t>(found - keys.begin());
}

// [[a, b], [c, d]], or [a, b] for one group.
std::vector<std::vector<size_t>> read_zip(const parameters::ParameterTree& sweep,
                                          const std::vector<Axis>& axes) {
  const parameters::ParameterTree* written = sweep.find("zip");
  if (written == nullptr) return {};
  if (!written->is_list() || written->items.empty())
    throw Error(written->origin.place("sweep.zip"), "a list of axes that go together, or of lists",
                written->describe());
  std::vector<parameters::ParameterTree> groups = written->items;
  if (!groups.front().is_list()) groups = {*written};
  std::vector<std::vector<size_t>> zip;
  std::vector<bool> used(axes.size());
  for (const parameters::ParameterTree& group : groups) {
    std::vector<size_t>& members = zip.emplace_back();
    for (const parameters::ParameterTree& name : group.items) {
      const size_t axis = axis_called(name, axes);
      if (used[axis])
        throw Error(name.origin.place("sweep.zip"), "each axis once",
                    "\"" + name.text + "\" twice");
      used[axis] = true;
      if (!members.empty() && axes[members[0]].values.size() != axes[axis].values.size())
        throw Error(name.origin.place("sweep.zip"),
                    "as many values of " + axes[axis].key + " as of " + axes[members[0]].key +
                        ", " + std::to_string(axes[members[0]].values.size()),
                    std::to_string(axes[axis].values.size()));
      members.push_back(axis);
    }
  }
  return zip;
}

SampleOptions read_sample(const parameters::ParameterTree& written) {
  SampleOptions options;
  parameters::ParameterReader reader(written, {"sweep", "sample"},
                                     parameters::MissingKey::keeps_default);
  int method = static_cast<int>(options.method);
  auto seed = static_cast<int64_t>(options.seed);
  reader.choice("method", method, std::span<const std::string_view>(kMethods));
  reader.field("points", options.points, Bounds{1, 1e5});
  reader.field("seed", seed, Bounds{0, 1e15});
  reader.finish();
  options.method = static_cast<SampleMethod>(method);
  options.seed = static_cast<uint64_t>(seed);
  return options;
}

void make_points(const parameters::ParameterTree& sweep, SweepPlan& plan) {
  const std::vector<std::vector<size_t>> zip = read_zip(sweep, plan.axes);
  if (const parameters::ParameterTree* sample = sweep.find("sample")) {
    if (!zip.empty())
      throw Error(sample->origin.place("sweep.sample"), "either `sample` or `zip`", "both");
    if (plan.axes.empty())
      throw Error(sample->origin.place("sweep.sample"), "axes to draw from", "none");
    plan.points = make_sample(plan.axes, read_sample(*sample));
    return;
  }
  for (const Axis& axis : plan.axes)
    if (axis.range)
      throw Error(axis.origin.place(axis.key), "steps, step or powers_of (or sweep.sample)",
                  "a range without any");
  plan.points = make_grid(plan.axes, zip);
}

void exclude_points(const parameters::ParameterTree& sweep, SweepPlan& plan) {
  const parameters::ParameterTree* rules = sweep.find("exclude");
  if (rules == nullptr) return;
  if (!rules->is_list())
    throw Error(rules->origin.place("sweep.exclude"), "a list of rules", rules->describe());
  std::vector<Exclusion> of_points;
  for (const parameters::ParameterTree& rule : rules->items) {
    Exclusion exclusion(rule, plan.axes, plan.systems);
    (exclusion.system() ? plan.exclusions : of_points).push_back(std::move(exclusion));
  }
  std::vector<PointIndices> kept;
  for (size_t point = 0; point < plan.points.size(); ++point) {
    const std::vector<const AxisValue*> values = plan.values_at(point);
    if (std::none_of(of_points.begin(), of_points.end(),
                     [&](const Exclusion& rule) { return rule.holds(values); }))
      kept.push_back(std::move(plan.points[point]));
  }
  if (kept.empty())
    throw Error(rules->origin.place("sweep.exclude"), "rules that leave a point", "none left");
  plan.points = std::move(kept);
}

int64_t read_whole(const parameters::ParameterTree& tree, const std::string& key, int64_t value,
                   Bounds bounds) {
  const parameters::ParameterTree* written = tree.find(key);
  if (written == nullptr) return value;
  parameters::ParameterTree map = parameters::ParameterTree::make_map(tree.origin);
  map.put(key, *written);
  parameters::ParameterReader reader(map, {});
  reader.field(key, value, bounds);
  reader.finish();
  return value;
}

// `replicates` or `until`, and the seed of the first replicate.
void read_repetition(parameters::ParameterTree& tree, SweepPlan& plan) {
  plan.seed = static_cast<uint64_t>(read_whole(tree, "seed", 1, Bounds{0, 1e15}));
  const parameters::ParameterTree* until = tree.find("until");
  const parameters::ParameterTree* replicates = tree.find("replicates");
  if (until != nullptr && replicates != nullptr)
    throw Error(until->origin.place("until"), "either `replicates` or `until`", "both");
  if (until != nullptr) {
    plan.rule = read_stopping_rule(take(tree, "until"));
    return;
  }
  plan.rule.at_most = read_whole(tree, "replicates", 1, Bounds{1, 1e6});
  tree.remove("replicates");
}

std::vector<std::string> labels_of(const parameters::ParameterTree& tree) {
  const parameters::ParameterTree* systems = tree.find("systems");
  std::vector<std::string> labels;
  const parameters::ParameterTree* const workload = tree.find("workload");
  if (workload != nullptr && workload->find(experiment::kTraceKey) != nullptr)
    return {std::string(experiment::kNoSystem)};
  if (systems == nullptr) return labels;  // an error of the experiment, reported there
  for (const parameters::ParameterTree& item : systems->items)
    labels.push_back(parameters::read_system_entry(item).label());
  return labels;
}

}  // namespace

SweepPlan make_sweep(parameters::ParameterTree tree, const experiment::Catalog& catalog) {
  if (!tree.is_map())
    throw Error(tree.origin.place(""), "a sweep (platform, workload, systems, sweep)",
                tree.describe());
  SweepPlan plan;
  plan.file = tree.origin.name;
  const parameters::ParameterTree sweep = take(tree, "sweep");
  check_keys(sweep);
  read_repetition(tree, plan);
  plan.axes = take_in_place_axes(tree, catalog);
  add_axes(sweep, plan.axes);
  check_axes(plan.axes);
  plan.systems = labels_of(tree);
  plan.experiment = std::move(tree);
  plan.point_limit = read_whole(sweep, "limit", kPointLimit, Bounds{1, 1e6});
  make_points(sweep, plan);
  exclude_points(sweep, plan);
  return plan;
}

SweepPlan read_sweep(const std::string& file, const std::vector<std::string>& settings,
                     const experiment::Catalog& catalog) {
  parameters::ParameterTree tree = parameters::read_yaml_file(file);
  if (tree.is_map()) parameters::apply_settings(tree, settings);
  return make_sweep(std::move(tree), catalog);
}

parameters::ParameterTree SweepPlan::tree_at(size_t point) const {
  ENSURE(point < points.size(), point, points.size());
  parameters::ParameterTree tree = experiment;
  for (size_t i = 0; i < axes.size(); ++i)
    parameters::assign_key(tree, axes[i].key, axes[i].values[points[point][i]].tree);
  return tree;
}

std::vector<const AxisValue*> SweepPlan::values_at(size_t point) const {
  std::vector<const AxisValue*> values;
  for (size_t i = 0; i < axes.size(); ++i) values.push_back(&axes[i].values[points[point][i]]);
  return values;
}

bool SweepPlan::excluded(size_t point, size_t system) const {
  if (exclusions.empty()) return false;
  const std::vector<const AxisValue*> values = values_at(point);
  return std::any_of(exclusions.begin(), exclusions.end(), [&](const Exclusion& exclusion) {
    return *exclusion.system() == system && exclusion.holds(values);
  });
}

std::string SweepPlan::coordinates_at(size_t point) const {
  json::array texts;
  for (const AxisValue* value : values_at(point)) texts.emplace_back(value->text);
  return json::serialize(texts);
}

std::string SweepPlan::text_at(size_t point) const {
  std::string text;
  const std::vector<const AxisValue*> values = values_at(point);
  for (size_t i = 0; i < axes.size(); ++i)
    text += (i == 0 ? "" : ", ") + axes[i].key + "=" + values[i]->text;
  return text.empty() ? "all" : text;
}

int64_t SweepPlan::most_runs() const {
  int64_t runs = 0;
  for (size_t point = 0; point < points.size(); ++point)
    for (size_t system = 0; system < systems.size(); ++system)
      if (!excluded(point, system)) runs += rule.at_most;
  return runs;
}

}  // namespace wukong::sweep
