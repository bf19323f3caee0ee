#include "bench/experiment/trace_setup.h"

#include "bench/experiment/catalog.h"
#include "bench/parameters/parameter_reader.h"
#include "bench/trace_input/streamed_file.h"
#include "sim/base/error.h"

namespace wukong::experiment {
namespace {

constexpr std::string_view kTracePath = "workload.trace";
constexpr std::string_view kUsualPreset = "azure-2019";

std::string digest_of(const std::string& path) {
  return trace_input::streamed_digest(trace_input::streamed_file(path));
}

// The tables of a made trace come from a preset.
void resolve_synthetic(parameters::ParameterTree& trace, const Catalog& catalog) {
  parameters::ParameterTree* const synthetic = trace.find("synthetic");
  if (synthetic == nullptr || !synthetic->is_map()) return;
  if (synthetic->find("preset") == nullptr)
    synthetic->put("preset", parameters::ParameterTree::make_scalar(std::string(kUsualPreset),
                                                                    synthetic->origin));
  *synthetic =
      catalog.presets.resolve("trace", *synthetic, parameters::join_path(kTracePath, "synthetic"));
}

}  // namespace

void TraceLoadOptions::visit(FieldVisitor& v) {
  trace.visit(v);
  v.about("Invocations that arrive before are run, but are in no statistics")
      .duration("warm_up_s", warm_up);
}

std::unique_ptr<traces::Trace> TraceSetup::make(uint64_t seed) const {
  return trace_catalog::make_trace(options.trace, seed, std::string(kTracePath),
                                   trace_input::stream_input);
}

TraceSetup make_trace(const parameters::ParameterTree& written, const Catalog& catalog,
                      std::vector<parameters::EffectiveParameter>& effective) {
  if (!written.is_map())
    throw Error(written.origin.place(std::string(kTracePath)),
                "a map such as {azure_2021: FILE, hours: 24}", written.describe());
  TraceSetup setup;
  setup.origin = written.origin;
  parameters::ParameterTree trace = written;
  resolve_synthetic(trace, catalog);
  parameters::ParameterReader reader(trace, {"workload", "trace"},
                                     parameters::MissingKey::keeps_default);
  reader.digest_files_by(digest_of);
  reader.read(setup.options);
  effective.insert(effective.end(), reader.read_parameters().begin(),
                   reader.read_parameters().end());
  return setup;
}

}  // namespace wukong::experiment
