// Sweeps and check suites in YAML: axes, ranges, exclusions, stopping rules, tolerances; then the
// experiment of each value of each axis.
#include "bench/check/suite.h"
#include "bench/parameters/parameter_yaml.h"
#include "test/fuzz/fuzz.h"

namespace wukong::fuzz {
namespace {

void read(const std::string& text) {
  static const bench::Catalog catalog = bench::program_catalog();
  const bench::Origin origin{bench::Origin::Kind::file, "suite.yaml", 0};
  const bench::Suite suite = bench::make_suite(bench::parse_yaml(text, origin), {}, catalog);
  bench::sweep_document(suite.plan);
  ENSURE(suite.plan.most_runs() >= 0);
  // As many as a file lists by hand; a range can have a million values.
  size_t values = 0;
  for (const bench::Axis& axis : suite.plan.axes) values += axis.values.size();
  if (values <= 20) bench::check_sweep(suite.plan, catalog);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  accepts([&] { read(text_of(data, size)); });
  return 0;
}

}  // namespace wukong::fuzz
