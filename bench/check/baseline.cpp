#include "bench/check/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "bench/files/text_file.h"
#include "bench/text/json_text.h"
#include "sim/base/error.h"

namespace wukong::check {
namespace {

namespace json = boost::json;

constexpr std::string_view kSchema = "wukong.baseline/1";

[[noreturn]] void fail(const std::string& path, const std::string& key, const std::string& expected,
                       const std::string& found) {
  throw Error({path, 0, key}, expected, found);
}

const json::value& member(const json::value& document, std::string_view key,
                          const std::string& path, const std::string& where) {
  const json::object* object = document.if_object();
  const json::value* value = object == nullptr ? nullptr : object->if_contains(key);
  if (value == nullptr)
    fail(path, where + std::string(key), "a value", "nothing (the key is missing)");
  return *value;
}

std::string text_member(const json::value& document, std::string_view key, const std::string& path,
                        const std::string& where) {
  const json::value& value = member(document, key, path, where);
  if (!value.is_string()) fail(path, where + std::string(key), "a text", json::serialize(value));
  return std::string(value.get_string());
}

BaselineRun read_run(const json::value& document, const std::string& path,
                     const std::string& where) {
  BaselineRun run;
  run.point = text_member(document, "point", path, where);
  run.system = text_member(document, "system", path, where);
  run.status = text_member(document, "status", path, where);
  const json::value& seed = member(document, "seed", path, where);
  if (!seed.is_int64()) fail(path, where + "seed", "a whole number", json::serialize(seed));
  run.seed = seed.get_int64();
  const json::value& metrics = member(document, "metrics", path, where);
  if (!metrics.is_object()) fail(path, where + "metrics", "an object", json::serialize(metrics));
  for (const auto& [name, value] : metrics.get_object()) {
    if (!value.is_number() || !std::isfinite(value.to_number<double>()))
      fail(path, where + "metrics." + std::string(name), "a finite number", json::serialize(value));
    run.metrics[std::string(name)] = value.to_number<double>();
  }
  return run;
}

std::map<std::string, std::string> read_files(const json::value& document,
                                              const std::string& path) {
  if (!document.is_object()) fail(path, "files", "an object", json::serialize(document));
  std::map<std::string, std::string> files;
  for (const auto& [name, digest] : document.get_object()) {
    if (!digest.is_string()) fail(path, "files", "texts", json::serialize(digest));
    files[std::string(name)] = std::string(digest.get_string());
  }
  return files;
}

}  // namespace

std::string BaselineRun::name() const {
  return fmt::format("{} at {}, seed {}", system, point, seed);
}

std::vector<BaselineRun> baseline_of(const results::Study& study,
                                     std::span<const std::string> named) {
  std::vector<bool> held;
  for (const result::Metric& metric : study.metrics)
    held.push_back(metric.in_baselines == result::InBaselines::yes ||
                   std::find(named.begin(), named.end(), metric.name) != named.end());
  std::vector<BaselineRun> runs;
  for (const results::StudyPoint& point : study.points)
    for (size_t system = 0; system < study.systems.size(); ++system)
      for (const results::StudyRun& run : point.runs[system]) {
        BaselineRun& kept = runs.emplace_back();
        kept.point = study.point_text(point);
        kept.system = study.systems[system];
        kept.seed = run.seed;
        kept.status = run.status;
        for (size_t i = 0; i < study.metrics.size(); ++i)
          if (held[i] && run.values[i] && *run.values[i] != 0)
            kept.metrics[std::string(study.metrics[i].name)] = *run.values[i];
      }
  return runs;
}

std::string baseline_text(const Baseline& baseline) {
  std::string text = fmt::format("{{\"schema\": \"{}\", ", kSchema);
  if (!baseline.files.empty()) {
    json::object files;
    for (const auto& [file, digest] : baseline.files) files[file] = digest;
    text += fmt::format("\"files\": {},\n", json::serialize(files));
  }
  text += "\"runs\": [";
  for (const BaselineRun& run : baseline.runs) {
    json::object metrics;
    std::string values;
    for (const auto& [name, value] : run.metrics)
      values += fmt::format("{}\"{}\": {}", values.empty() ? "" : ", ", name, value);
    text += fmt::format(
        "{}\n{{\"point\": {}, \"system\": {}, \"seed\": {}, \"status\": {}, \"metrics\": {{{}}}}}",
        &run == &baseline.runs.front() ? "" : ",", json::serialize(json::value(run.point)),
        json::serialize(json::value(run.system)), run.seed,
        json::serialize(json::value(run.status)), values);
  }
  return text + "\n]}\n";
}

Baseline read_baseline(const std::string& path) {
  return parse_baseline(files::read_text_file(path), path);
}

Baseline parse_baseline(const std::string& text, const std::string& path) {
  const json::value document = text::parse_json(text, path);
  const std::string schema = text_member(document, "schema", path, "");
  if (schema != kSchema) fail(path, "schema", std::string(kSchema), "\"" + schema + "\"");
  const json::value& list = member(document, "runs", path, "");
  if (!list.is_array()) fail(path, "runs", "a list", "another kind of value");
  Baseline baseline;
  if (document.get_object().contains("files"))
    baseline.files = read_files(document.at("files"), path);
  for (const json::value& item : list.get_array())
    baseline.runs.push_back(read_run(item, path, fmt::format("runs[{}].", baseline.runs.size())));
  return baseline;
}

}  // namespace wukong::check
