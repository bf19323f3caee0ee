#include "bench/calibration/preset_edition.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "bench/files/text_file.h"
#include "sim/base/check.h"

namespace wukong::calibration {
namespace {

namespace fs = std::filesystem;

// The YAML files of a folder, in order; none if there is no such folder.
std::vector<fs::path> yaml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

PresetEdition::PresetEdition(std::span<const parameters::Preset> presets) {
  for (const parameters::Preset& preset : presets) {
    const parameters::Origin origin{parameters::Origin::Kind::preset,
                                    fmt::format("{}/{}", preset.kind, preset.name), 0};
    files_.push_back({std::string(preset.kind), std::string(preset.name),
                      PresetText(std::string(preset.text), origin)});
  }
}

PresetEdition PresetEdition::read(const std::string& folder) {
  PresetEdition edition;
  for (const std::string_view kind : parameters::kPresetKinds)
    for (const fs::path& path : yaml_files(fs::path(folder) / kind)) {
      const parameters::Origin origin{parameters::Origin::Kind::file, path.string(), 0};
      edition.files_.push_back({std::string(kind), path.stem().string(),
                                PresetText(files::read_text_file(path.string()), origin)});
    }
  if (edition.files_.empty())
    throw Error({folder, 0, ""}, "a folder of presets, such as configs/presets",
                "no platform/*.yaml, store/*.yaml or system/*.yaml");
  return edition;
}

const PresetText& PresetEdition::text(const PresetPlace& place) const {
  std::vector<std::string> known;
  for (const File& file : files_) {
    if (file.kind == place.kind && file.name == place.preset) return file.text;
    known.push_back(file.kind + "/" + file.name);
  }
  throw Error(place.origin.place(place.preset_text()), "a preset (wukong presets lists them)",
              "\"" + place.preset_text() + "\"" + did_you_mean(place.preset_text(), known));
}

PresetText& PresetEdition::text(const PresetPlace& place) {
  return const_cast<PresetText&>(std::as_const(*this).text(place));
}

double PresetEdition::value(const FreeParameter& parameter) const {
  ENSURE(!parameter.places.empty());
  const PresetPlace& first = parameter.places.front();
  const double value = text(first).number(first.key, first.origin.place(first.text()));
  for (const PresetPlace& place : parameter.places) {
    const double other = text(place).number(place.key, place.origin.place(place.text()));
    if (other != value)
      throw Error(place.origin.place(place.text()),
                  fmt::format("the value of {}, {}", first.text(), value),
                  fmt::format("\"{}\"", other));
  }
  if (value < parameter.from || value > parameter.to)
    throw Error(parameter.origin.place(first.text()),
                fmt::format("a preset's value within {} to {}", parameter.from, parameter.to),
                fmt::format("\"{}\" in {}", value, text(first).origin().place("").file));
  if (parameter.whole && value != static_cast<double>(static_cast<int64_t>(value)))
    throw Error(parameter.origin.place(first.text()), "a whole number",
                fmt::format("\"{}\"", value));
  return value;
}

void PresetEdition::set_value(const FreeParameter& parameter, double value) {
  ENSURE(value >= parameter.from && value <= parameter.to, value, parameter.from, parameter.to);
  for (const PresetPlace& place : parameter.places) text(place).set_number(place.key, value);
}

void PresetEdition::set_source(const FreeParameter& parameter, const std::string& source) {
  for (const PresetPlace& place : parameter.places) text(place).set_source(place.key, source);
}

std::vector<parameters::Preset> PresetEdition::presets() const {
  std::vector<parameters::Preset> presets;
  for (const File& file : files_) presets.push_back({file.kind, file.name, file.text.text()});
  return presets;
}

std::vector<std::string> PresetEdition::write(const std::string& folder) const {
  std::vector<std::string> written;
  for (const File& file : files_) {
    const std::string path = folder + "/" + file.kind + "/" + file.name + ".yaml";
    if (files::read_text_file(path) == file.text.text()) continue;
    files::write_text_file(path, file.text.text());
    written.push_back(path);
  }
  return written;
}

}  // namespace wukong::calibration
