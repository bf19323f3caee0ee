#include "bench/results/study.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "sim/base/check.h"
#include "sim/base/error.h"

namespace wukong::bench {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::vector<std::string> texts_of(const json::value& list) {
  std::vector<std::string> texts;
  for (const json::value& item : list.as_array()) texts.push_back(text_of(item));
  return texts;
}

json::value parse(const std::string& text, const std::string& path) {
  json::error_code error;
  json::value value = json::parse(text, error);
  if (error) throw Error({path, 0, ""}, "a results file that is whole", "a damaged document in it");
  return value;
}

Study read_header(ResultStore& store, std::optional<int64_t> sweep) {
  Database& database = store.database();
  Statement select(database, sweep ? "SELECT id, program, document FROM sweeps WHERE id = ?"
                                   : "SELECT id, program, document FROM sweeps"
                                     " ORDER BY id DESC LIMIT 1");
  if (sweep) select.bind(0, *sweep);
  if (!select.step())
    throw Error({database.path(), 0, ""},
                sweep ? fmt::format("a sweep number {}", *sweep) : "results of a sweep", "none");
  Study study;
  study.sweep = select.integer(0);
  study.program = select.text(1);
  const json::value document = parse(select.text(2), database.path());
  study.axes = texts_of(document.at("axes"));
  study.systems = texts_of(document.at("systems"));
  study.point_count = document.at("points").as_int64();
  study.metrics = metrics();
  return study;
}

std::vector<std::optional<double>> read_values(const Study& study, const json::value& document) {
  std::vector<std::optional<double>> values;
  const json::object& object = document.as_object();
  for (const Metric& metric : study.metrics) {
    const json::value* value = object.if_contains(metric.name);
    if (value != nullptr && value->is_number())
      values.emplace_back(value->to_number<double>());
    else
      values.emplace_back();
  }
  return values;
}

}  // namespace

Study load_study(ResultStore& store, std::optional<int64_t> sweep) {
  Study study = read_header(store, sweep);
  Statement select(store.database(),
                   "SELECT cells.point, coordinates, cells.system, replicate, seed, status,"
                   " failure, trace_hash, metrics"
                   " FROM cells JOIN runs ON runs.id = cells.run"
                   " JOIN points ON points.sweep = cells.sweep AND points.number = cells.point"
                   " WHERE cells.sweep = ? ORDER BY cells.point, cells.system, replicate");
  select.bind(0, study.sweep);
  const std::string& path = store.database().path();
  while (select.step()) {
    const int64_t number = select.integer(0);
    if (study.points.empty() || study.points.back().number != number)
      study.points.push_back({number, texts_of(parse(select.text(1), path)),
                              std::vector<std::vector<StudyRun>>(study.systems.size())});
    const auto system = static_cast<size_t>(select.integer(2));
    ENSURE(system < study.systems.size(), system);
    study.points.back().runs[system].push_back({select.integer(3), select.integer(4),
                                                select.text(5), select.text(6), select.text(7),
                                                read_values(study, parse(select.text(8), path))});
  }
  return study;
}

std::string Study::point_text(const StudyPoint& point) const {
  std::string text;
  for (size_t i = 0; i < axes.size(); ++i)
    text += fmt::format("{}{}={}", i == 0 ? "" : ", ", axes[i], point.coordinates[i]);
  return text.empty() ? "all" : text;
}

size_t Study::run_count() const {
  size_t count = 0;
  for (const StudyPoint& point : points)
    for (const auto& runs : point.runs) count += runs.size();
  return count;
}

Sample sample_of(const StudyPoint& point, size_t system, size_t metric, double confidence) {
  std::vector<double> values;
  for (const StudyRun& run : point.runs[system])
    if (run.completed() && run.values[metric]) values.push_back(*run.values[metric]);
  return describe_sample(values, confidence);
}

Comparison comparison_of(const StudyPoint& point, size_t system, size_t metric, double confidence) {
  std::vector<PairedValues> pairs;
  auto base = point.runs.front().begin();
  const auto end = point.runs.front().end();
  for (const StudyRun& run : point.runs[system]) {
    while (base != end && base->replicate < run.replicate) ++base;
    if (base == end) break;
    if (base->replicate != run.replicate || !run.completed() || !base->completed()) continue;
    if (run.values[metric] && base->values[metric])
      pairs.push_back({*run.values[metric], *base->values[metric]});
  }
  return compare_pairs(pairs, confidence);
}

}  // namespace wukong::bench
