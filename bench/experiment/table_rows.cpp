#include "bench/experiment/table_rows.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "bench/parameters/parameter_yaml.h"
#include "bench/text/digest.h"

namespace wukong::experiment {
namespace {

bool same_item(const parameters::EffectiveParameter& a, const parameters::EffectiveParameter& b,
               size_t length) {
  return a.path.size() > length && b.path.size() > length &&
         std::equal(a.path.begin(), a.path.begin() + static_cast<std::ptrdiff_t>(length),
                    b.path.begin());
}

}  // namespace

EffectiveParameters by_item(EffectiveParameters parameters, size_t level) {
  const size_t length = level + 2;
  EffectiveParameters items;
  for (size_t i = 0; i < parameters.size();) {
    if (parameters[i].path.size() <= length) {
      items.push_back(std::move(parameters[i++]));
      continue;
    }
    const size_t first = i;
    std::string text;
    parameters::Origin origin;
    for (; i < parameters.size() && same_item(parameters[first], parameters[i], length); ++i) {
      if (parameters[i].origin.kind == parameters::Origin::Kind::program) continue;
      if (text.empty()) origin = parameters[i].origin;
      text += (text.empty() ? "" : ", ") + parameters[i].path.back() + ": " +
              parameters::to_text(parameters[i].value);
    }
    std::vector<std::string> path = parameters[first].path;
    path.resize(length);
    items.push_back({std::move(path), "{" + text + "}", std::move(origin), ""});
  }
  return items;
}

parameters::EffectiveParameter as_file(const EffectiveParameters& items,
                                       std::vector<std::string> path,
                                       const parameters::ParameterTree& written,
                                       const std::string& file) {
  text::Digest digest;
  for (const parameters::EffectiveParameter& item : items) parameters::add_identity(item, digest);
  return {std::move(path), file, written.origin, written.source, digest.text()};
}

const parameters::Origin* written_near(const EffectiveParameters& parameters, std::string key) {
  while (true) {
    const parameters::Origin* nearest = nullptr;
    for (const parameters::EffectiveParameter& parameter : parameters) {
      if (parameter.origin.place("").file.empty()) continue;
      const std::string path = parameters::path_text(parameter);
      if (path == key) return &parameter.origin;
      if (nearest == nullptr && path.starts_with(key + ".")) nearest = &parameter.origin;
    }
    if (nearest != nullptr) return nearest;
    const size_t dot = key.rfind('.');
    if (dot == std::string::npos || key.find('"', dot) != std::string::npos) return nullptr;
    key.resize(dot);
  }
}

parameters::ParameterTree read_map_file(const parameters::ParameterTree& written,
                                        const std::string& key) {
  std::string path = written.text;
  for (const auto& [end, workload] : {std::pair{".dot", "dot"}, {".gv", "dot"}, {".csv", "csv"}})
    if (path.ends_with(end))
      throw Error(written.origin.place(key), "a YAML file",
                  "\"" + path + "\", which `" + workload + ": " + path + "` reads");
  if (written.origin.kind == parameters::Origin::Kind::file) {
    const auto beside = std::filesystem::path(written.origin.name).parent_path() / path;
    std::error_code ignored;
    if (std::filesystem::exists(beside, ignored)) path = beside.string();
  }
  parameters::ParameterTree tree = parameters::read_yaml_file(path);
  if (!tree.is_map()) throw Error(tree.origin.place(key), "a map", tree.describe());
  return tree;
}

}  // namespace wukong::experiment
