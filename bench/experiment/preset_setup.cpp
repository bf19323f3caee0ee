#include "bench/experiment/preset_setup.h"

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_yaml.h"
#include "sim/base/error.h"

namespace wukong::experiment {
namespace {

parameters::ParameterTree parse(const std::string& key, const std::string& text) {
  return parameters::parse_yaml(key + ": " + text,
                                parameters::Origin{parameters::Origin::Kind::flag, text, 0});
}

}  // namespace

platform::PlatformSpec preset_platform(const std::string& text) {
  std::vector<parameters::EffectiveParameter> ignored;
  return make_platform(parse("platform", text), program_catalog(), ignored);
}

SystemSetup preset_system(const std::string& text) {
  std::vector<SystemSetup> systems =
      make_systems(parse("systems", "[" + text + "]"), program_catalog());
  if (systems.size() != 1)
    throw Error(ErrorPlace{text, 0, "systems"}, "one system", std::to_string(systems.size()));
  return std::move(systems.front());
}

storage::StoreSpec preset_store(const std::string& text) {
  const parameters::ParameterTree written = parse("store", text);
  const parameters::ParameterTree resolved =
      program_catalog().presets.resolve("store", *written.find("store"), "store");
  storage::StoreSpec store;
  parameters::ParameterReader reader(resolved, {"store"});
  reader.read(store);
  return store;
}

}  // namespace wukong::experiment
