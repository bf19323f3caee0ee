#include "bench/serve/serve_setup.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <utility>

#include "bench/experiment/catalog.h"
#include "bench/experiment/experiment.h"
#include "bench/parameters/parameter_reader.h"
#include "bench/parameters/parameter_tree.h"
#include "bench/parameters/parameter_yaml.h"
#include "bench/parameters/settings.h"
#include "sim/base/fields.h"

namespace wukong::serve {
namespace {

constexpr const char* kSections[] = {"platform", "serve", "seed"};
constexpr const char* kUsualPlatform = "aws-2026";

void check_serve_sections(const parameters::ParameterTree& tree) {
  if (!tree.is_map())
    throw Error(tree.origin.place(""), "a map with the keys platform, serve, seed",
                tree.describe());
  for (const parameters::ParameterEntry& entry : tree.entries)
    if (std::find(std::begin(kSections), std::end(kSections), entry.key) == std::end(kSections))
      throw Error(entry.value.origin.place(entry.key), "one of platform, serve, seed",
                  "\"" + entry.key + "\"" + did_you_mean(entry.key, kSections));
}

struct Seed {
  int64_t seed = 1;
  void visit(FieldVisitor& v) { v.field("seed", seed, Bounds{0, 9007199254740992}); }
};

template <class Struct>
void read_optional(const parameters::ParameterTree& tree, std::vector<std::string> path,
                   Struct& into, std::vector<parameters::EffectiveParameter>& effective) {
  parameters::ParameterReader reader(tree, std::move(path), parameters::MissingKey::keeps_default);
  reader.read(into);
  for (const parameters::EffectiveParameter& parameter : reader.read_parameters())
    effective.push_back(parameter);
}

void check_owner(const ServeSpec& serve) {
  if (!std::regex_match(serve.region, std::regex("[a-z]{2}(-[a-z]+)+-[0-9]")))
    throw Error({"", 0, "serve.region"}, "a region, such as us-east-1", "\"" + serve.region + "\"");
  if (!std::regex_match(serve.account, std::regex("[0-9]{12}")))
    throw Error({"", 0, "serve.account"}, "an account's number of 12 digits",
                "\"" + serve.account + "\"");
}

// What the machine needs is then all that is left: the model's distribution has no zero, and a
// nanosecond is none that anybody sees.
void leave_starts_to_the_machine(functions::LambdaSpec& functions) {
  functions.cold_start.placement = Duration::zero();
  functions.cold_start.package_mb = 0;
  for (auto& [name, distribution] : functions.cold_starts) {
    distribution.probabilities = {0, 1};
    distribution.added_latency_ms = {1e-6, 2e-6};
  }
  functions.invocation.start_latency = Duration::zero();
}

}  // namespace

void ServeSpec::visit(FieldVisitor& v) {
  v.choice("start_times", start_times, kStartTimesNames);
  v.duration("activation_s", activation, Bounds{0, 3600});
  v.duration("initialization_limit_s", initialization_limit, Bounds{0.1, 900});
  v.field("region", region);
  v.field("account", account);
}

ServeSetup read_setup(const std::string& file, const std::vector<std::string>& settings) {
  parameters::ParameterTree tree =
      file.empty() ? parameters::ParameterTree::make_map({}) : parameters::read_yaml_file(file);
  parameters::check_given_once(settings);
  check_serve_sections(tree);
  if (tree.find("platform") == nullptr)
    tree.put("platform", parameters::ParameterTree::make_scalar(kUsualPlatform, {}));
  parameters::apply_settings(tree, settings);
  check_serve_sections(tree);
  ServeSetup setup;
  setup.platform = experiment::make_platform(tree, experiment::program_catalog(), setup.effective);
  parameters::ParameterTree none = parameters::ParameterTree::make_map({});
  const parameters::ParameterTree* const serve = tree.find("serve");
  if (serve != nullptr && !serve->is_map())
    throw Error(serve->origin.place("serve"), "a map such as {start_times: machine}",
                serve->describe());
  read_optional(serve == nullptr ? none : *serve, {"serve"}, setup.serve, setup.effective);
  check_owner(setup.serve);
  if (const parameters::ParameterTree* const seed = tree.find("seed")) none.put("seed", *seed);
  Seed seed;
  read_optional(none, {}, seed, setup.effective);
  setup.seed = static_cast<uint64_t>(seed.seed);
  if (setup.serve.start_times == StartTimes::machine)
    leave_starts_to_the_machine(setup.platform.functions);
  return setup;
}

}  // namespace wukong::serve
