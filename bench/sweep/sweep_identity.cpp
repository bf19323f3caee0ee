#include <boost/json.hpp>
#include <filesystem>

#include "bench/experiment/experiment.h"
#include "bench/simulation/parallel_for.h"
#include "bench/sweep/sweep_plan.h"
#include "bench/text/digest.h"
#include "bench/text/version.h"

namespace wukong::sweep {
namespace {

namespace json = boost::json;

// An axis longer than this is looked at by its ends.
constexpr size_t kMostChecked = 200;

// A point for each value of each axis, the first that has it.
std::vector<size_t> representatives(const SweepPlan& plan) {
  std::vector<std::vector<bool>> met;
  for (const Axis& axis : plan.axes) met.emplace_back(axis.values.size());
  std::vector<size_t> points;
  for (size_t point = 0; point < plan.points.size(); ++point) {
    bool wanted = point == 0 || point + 1 == plan.points.size();
    for (size_t i = 0; i < plan.axes.size(); ++i) {
      std::vector<bool>::reference known = met[i][plan.points[point][i]];
      if (!known && met[i].size() <= kMostChecked) wanted = true;
      known = true;
    }
    if (wanted) points.push_back(point);
  }
  return points;
}

void add_effective(const std::vector<parameters::EffectiveParameter>& effective,
                   text::Digest& digest) {
  for (const parameters::EffectiveParameter& parameter : effective)
    parameters::add_identity(parameter, digest);
}

}  // namespace

std::string check_sweep(const SweepPlan& plan, const experiment::Catalog& catalog,
                        unsigned threads) {
  text::Digest digest;
  digest.add(text::program_sources()).add(sweep_document(plan)).add(flow_text(plan.experiment));
  for (size_t point = 0; point < plan.points.size(); ++point) {
    digest.add(plan.coordinates_at(point));
    for (size_t system = 0; system < plan.systems.size(); ++system)
      if (plan.excluded(point, system)) digest.add(uint64_t{system});
  }
  const std::vector<size_t> points = representatives(plan);
  std::vector<std::vector<parameters::EffectiveParameter>> effective(points.size());
  simulation::parallel_for(points.size(), threads, [&](size_t i) {
    effective[i] = experiment::make_experiment(plan.tree_at(points[i]), catalog).effective;
  });
  for (const std::vector<parameters::EffectiveParameter>& of_point : effective)
    add_effective(of_point, digest);
  return digest.text();
}

std::map<std::string, std::string> input_files(const SweepPlan& plan,
                                               const experiment::Catalog& catalog) {
  const std::filesystem::path folder = std::filesystem::path(plan.file).parent_path();
  std::map<std::string, std::string> files;
  for (const size_t point : representatives(plan))
    for (const parameters::EffectiveParameter& parameter :
         experiment::make_experiment(plan.tree_at(point), catalog).effective)
      if (!parameter.content.empty()) {
        const std::filesystem::path path = parameters::to_text(parameter.value);
        const std::filesystem::path relative = path.lexically_relative(folder);
        files[relative.empty() ? path.string() : relative.string()] = parameter.content;
      }
  return files;
}

std::string sweep_document(const SweepPlan& plan) {
  json::array axes;
  for (const Axis& axis : plan.axes) axes.emplace_back(axis.key);
  json::object document{{"axes", std::move(axes)},
                        {"systems", json::array(plan.systems.begin(), plan.systems.end())},
                        {"points", plan.points.size()},
                        {"seed", plan.seed},
                        {"replicates", plan.rule.at_most}};
  if (plan.rule.adaptive())
    document["until"] = json::object{{"metric", plan.rule.metric},
                                     {"relative_halfwidth", plan.rule.relative_halfwidth},
                                     {"confidence", plan.rule.confidence},
                                     {"at_least", plan.rule.at_least}};
  return json::serialize(document);
}

}  // namespace wukong::sweep
