#include "bench/parameters/preset_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>

#include "bench/parameters/parameter_yaml.h"

namespace wukong::parameters {
namespace {

// The first line of a preset's `preset:`, its base; presets are based on each other only so deep.
constexpr int kMostBases = 8;

const std::string& name_in(const ParameterTree& preset, const std::string& path) {
  if (!preset.is_scalar() || preset.is_none())
    throw Error(preset.origin.place(join_path(path, "preset")), "a preset's name",
                preset.describe());
  return preset.text;
}

}  // namespace

struct PresetLibrary::Parsed {
  std::mutex mutex;
  std::vector<std::optional<ParameterTree>> trees;
};

PresetLibrary::PresetLibrary(std::span<const Preset> presets)
    : presets_(presets), parsed_(std::make_shared<Parsed>()) {
  parsed_->trees.resize(presets.size());
}

ParameterTree PresetLibrary::parse(size_t preset) const {
  const std::lock_guard lock(parsed_->mutex);
  std::optional<ParameterTree>& tree = parsed_->trees[preset];
  if (!tree) {
    const auto& [kind, name, text] = presets_[preset];
    tree = parse_yaml(std::string(text),
                      Origin{Origin::Kind::preset, fmt::format("{}/{}", kind, name), 0});
  }
  return *tree;
}

std::vector<std::string> PresetLibrary::names(std::string_view kind) const {
  std::vector<std::string> names;
  for (const Preset& preset : presets_)
    if (preset.kind == kind) names.emplace_back(preset.name);
  return names;
}

ParameterTree PresetLibrary::load(std::string_view kind, const std::string& name,
                                  const ErrorPlace& where) const {
  return load(kind, name, where, 0);
}

ParameterTree PresetLibrary::load(std::string_view kind, const std::string& name,
                                  const ErrorPlace& where, int level) const {
  const auto found = std::find_if(presets_.begin(), presets_.end(), [&](const Preset& preset) {
    return preset.kind == kind && preset.name == name;
  });
  if (found == presets_.end() || level > kMostBases) {
    const std::vector<std::string> known = names(kind);
    throw Error(where, fmt::format("a {} preset ({})", kind, fmt::join(known, ", ")),
                fmt::format("\"{}\"{}", name, did_you_mean(name, known)));
  }
  const Origin origin{Origin::Kind::preset, fmt::format("{}/{}", kind, name), 0};
  ParameterTree tree = parse(static_cast<size_t>(found - presets_.begin()));
  if (!tree.is_map()) throw Error(origin.place(""), "a map", tree.describe());
  const ParameterTree* base_name = tree.find("preset");
  if (base_name == nullptr) return tree;
  ParameterTree base =
      load(kind, name_in(*base_name, ""), base_name->origin.place("preset"), level + 1);
  tree.remove("preset");
  merge(base, tree);
  base.origin = origin;
  return base;
}

ParameterTree PresetLibrary::resolve(std::string_view kind, const ParameterTree& written,
                                     const std::string& path) const {
  ParameterTree over = written;
  if (over.is_list() || over.is_none())
    throw Error(written.origin.place(path), fmt::format("a {} preset or a map", kind),
                written.describe());
  expand_preset(over);
  const ParameterTree* preset = over.find("preset");
  if (preset == nullptr) return over;
  ParameterTree resolved = load(kind, name_in(*preset, path), preset->origin.place(path));
  over.remove("preset");
  merge(resolved, over);
  return resolved;
}

}  // namespace wukong::parameters
