#include "bench/check/suite.h"
#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/fuzz/fuzz.h"

// Sweeps and check suites in YAML: axes, ranges, exclusions, stopping rules, tolerances; then the
// experiment of each value of each axis.

namespace wukong::fuzz {
namespace {

void read(const std::string& text) {
  static const experiment::Catalog catalog = experiment::program_catalog();
  const parameters::Origin origin{parameters::Origin::Kind::file, "suite.yaml", 0};
  const check::Suite suite = check::make_suite(parameters::parse_yaml(text, origin), {}, catalog);
  sweep::sweep_document(suite.plan);
  ENSURE(suite.plan.most_runs() >= 0);
  // As many as a file lists by hand; a range can have a million values.
  size_t values = 0;
  for (const sweep::Axis& axis : suite.plan.axes) values += axis.values.size();
  if (values <= 20) sweep::check_sweep(suite.plan, catalog);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  accepts([&] { read(text_of(data, size)); });
  return 0;
}

}  // namespace wukong::fuzz
