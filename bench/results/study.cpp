#include "bench/results/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "bench/text/json_text.h"
#include "sim/base/error.h"

namespace wukong::results {
namespace {

namespace json = boost::json;

// More systems, or more places for their runs at points, is no sweep but a damaged file.
constexpr size_t kMostSystems = 10'000;
constexpr size_t kMostPlaces = 10'000'000;

[[noreturn]] void damaged(const std::string& path, const std::string& what) {
  throw Error({path, 0, ""}, "a results file that is whole", "a damaged one (" + what + ")");
}

std::string text_of(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::vector<std::string> texts_of(const json::value* list, const std::string& path,
                                  const std::string& what) {
  if (list == nullptr || !list->is_array()) damaged(path, what + " is not a list");
  std::vector<std::string> texts;
  for (const json::value& item : list->get_array()) texts.push_back(text_of(item));
  return texts;
}

json::value parse(const std::string& text, const std::string& path) {
  try {
    return text::parse_json(text, "");
  } catch (const Error& error) {
    damaged(path, std::string("a document in it: ") + error.what());
  }
}

json::object parse_object(const std::string& text, const std::string& path) {
  json::value value = parse(text, path);
  if (!value.is_object()) damaged(path, "a document in it is not an object");
  return std::move(value.get_object());
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
  const std::string& path = database.path();
  const json::object document = parse_object(select.text(2), path);
  study.axes = texts_of(document.if_contains("axes"), path, "the list of axes");
  study.systems = texts_of(document.if_contains("systems"), path, "the list of systems");
  if (study.systems.empty() || study.systems.size() > kMostSystems)
    damaged(path, fmt::format("a sweep of {} systems", study.systems.size()));
  const json::value* points = document.if_contains("points");
  if (points == nullptr || !points->is_int64()) damaged(path, "no number of points");
  study.point_count = points->get_int64();
  study.metrics = result::metrics();
  return study;
}

std::vector<std::optional<double>> read_values(const Study& study, const json::object& object,
                                               const std::string& path) {
  std::vector<std::optional<double>> values;
  for (const result::Metric& metric : study.metrics) {
    const json::value* value = object.if_contains(metric.name);
    if (value != nullptr && value->is_number() && std::isfinite(value->to_number<double>()))
      values.emplace_back(value->to_number<double>());
    else if (value != nullptr)
      damaged(path, fmt::format("{} of a run is no finite number", metric.name));
    else
      values.emplace_back();
  }
  return values;
}

void add_point(Study& study, int64_t number, const std::string& coordinates,
               const std::string& path) {
  if ((study.points.size() + 1) * study.systems.size() > kMostPlaces)
    damaged(path, "more points than a sweep has");
  const json::value list = parse(coordinates, path);
  study.points.push_back({number, texts_of(&list, path, "a point's coordinates"),
                          std::vector<std::vector<StudyRun>>(study.systems.size())});
  if (study.points.back().coordinates.size() != study.axes.size())
    damaged(path, fmt::format("point {} has not one coordinate for each axis", number));
}

}  // namespace

Study load_header(ResultStore& store, std::optional<int64_t> sweep) {
  return read_header(store, sweep);
}

std::vector<std::string> column_names(const Study& study) {
  std::vector<std::string> taken = {"point",  "system",  "replicate", "seed",
                                    "status", "failure", "trace_hash"};
  for (const result::Metric& metric : study.metrics) taken.emplace_back(metric.name);
  const auto last_part = [](const std::string& key) { return key.substr(key.rfind('.') + 1); };
  for (const std::string& axis : study.axes) taken.push_back(last_part(axis));
  std::vector<std::string> names;
  for (const std::string& axis : study.axes) {
    const std::string name = last_part(axis);
    names.push_back(std::count(taken.begin(), taken.end(), name) == 1 ? name : axis);
  }
  return names;
}

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
      add_point(study, number, select.text(1), path);
    const auto system = static_cast<size_t>(select.integer(2));
    if (system >= study.systems.size()) damaged(path, "a run of a system that the sweep has not");
    study.points.back().runs[system].push_back(
        {select.integer(3), select.integer(4), select.text(5), select.text(6), select.text(7),
         read_values(study, parse_object(select.text(8), path), path)});
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

}  // namespace wukong::results
