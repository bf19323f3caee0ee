#include "workloads/trace_catalog/trace_options.h"

#include "sim/base/check.h"
#include "sim/base/error.h"
#include "workloads/trace_files/invocation_list.h"
#include "workloads/trace_generator/poisson_trace.h"
#include "workloads/trace_generator/synthetic_trace.h"

namespace wukong::trace_catalog {
namespace {

std::unique_ptr<traces::Trace> make_whole_trace(const TraceOptions& options, uint64_t seed,
                                                const std::string& key, OpenInput open) {
  using trace_files::make_invocation_list;
  if (options.azure_2019) {
    const Azure2019Options& azure = *options.azure_2019;
    return trace_files::make_azure_2019(
        {open(azure.invocations), open(azure.durations),
         azure.memory ? open(*azure.memory) : csv::ByteFilePointer()},
        azure.settings, seed);
  }
  if (options.azure_2021)
    return make_invocation_list(open(*options.azure_2021), trace_files::azure_2021_rows, seed);
  if (options.csv) return make_invocation_list(open(*options.csv), trace_files::csv_rows, seed);
  if (options.poisson)
    return trace_generator::make_poisson_trace(*options.poisson, seed, key + ".poisson");
  ENSURE(options.synthetic.has_value());
  return trace_generator::make_synthetic_trace(*options.synthetic, seed, key + ".synthetic");
}

}  // namespace

void Azure2019Options::visit(FieldVisitor& v) {
  v.about("invocations_per_function_md.anon.dNN.csv, or its like").file("invocations", invocations);
  v.about("function_durations_percentiles.anon.dNN.csv").file("durations", durations);
  v.optional("memory", memory, [&](InputFile& file) {
    v.about("app_memory_percentiles.anon.dNN.csv; memory is drawn if left out")
        .file("memory", file);
  });
  v.about("Where in a minute its invocations are")
      .choice("within_minute", settings.within_minute, trace_files::kWithinMinuteNames);
  v.about("What each function has of its application's memory: an equal part, or the whole")
      .choice("memory_share", settings.memory_share, traces::kMemoryShareNames);
}

void TraceOptions::visit(FieldVisitor& v) {
  v.optional("azure_2019", azure_2019,
             [&](Azure2019Options& value) { v.group("azure_2019", value); });
  v.optional("azure_2021", azure_2021, [&](InputFile& file) {
    v.about("A CSV of the columns app, func, end_timestamp, duration").file("azure_2021", file);
  });
  v.optional("csv", csv, [&](InputFile& file) {
    v.about("A CSV of the columns timestamp_s, function, duration_s; app, memory_mb, payload_bytes")
        .file("csv", file);
  });
  v.optional("synthetic", synthetic,
             [&](trace_generator::GeneratorOptions& value) { v.group("synthetic", value); });
  v.optional("poisson", poisson,
             [&](trace_generator::PoissonOptions& value) { v.group("poisson", value); });
  sample.visit(v);
}

csv::ByteFilePointer from_content(const InputFile& file) {
  ENSURE(file.content.has_value(), file.path);
  return csv::text_file(file.path, *file.content);
}

std::unique_ptr<traces::Trace> make_trace(const TraceOptions& options, uint64_t seed,
                                          const std::string& key, OpenInput open) {
  const int given = (options.azure_2019 ? 1 : 0) + (options.azure_2021 ? 1 : 0) +
                    (options.csv ? 1 : 0) + (options.synthetic ? 1 : 0) + (options.poisson ? 1 : 0);
  if (given != 1)
    throw Error(ErrorPlace{"", 0, key}, "one of azure_2019, azure_2021, csv, synthetic and poisson",
                given == 0 ? "none" : std::to_string(given) + " of them");
  return traces::sampled(make_whole_trace(options, seed, key, open), options.sample, seed, key);
}

}  // namespace wukong::trace_catalog
