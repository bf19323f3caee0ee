// The bytes of a results file: read as a user reads it, merged into another, and opened by a sweep.
#include "bench/exports/export.h"
#include "bench/exports/report_study.h"
#include "bench/results/merge.h"
#include "bench/results/query.h"
#include "test/bench/support/temporary_folder.h"
#include "test/fuzz/fuzz.h"

namespace wukong::fuzz {
namespace {

void read(const std::string& path) {
  results::ResultStore store = results::ResultStore::open_for_reading(path);
  const results::Study study = results::load_study(store, std::nullopt);
  exports::report_study(study, 0, 0.95);
  exports::ExportOptions options;
  options.metrics = {0, 1};
  for (const auto of :
       {exports::ExportOf::runs, exports::ExportOf::statistics, exports::ExportOf::comparisons}) {
    options.of = of;
    exports::export_csv(study, options);
  }
  exports::export_json(study, options);
  results::query_results(store, study, "SELECT * FROM results");
}

void write(const std::string& path) {
  results::ResultStore store = results::ResultStore::open_for_writing(path);
  const int64_t sweep = store.find_or_add_sweep({"identity", "0.1", "{}"});
  store.filled_cells(sweep, "makespan_s");
  store.filled_cells(1, "makespan_s");
  store.known_runs("sources", "makespan_s");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const test::TemporaryFolder folder;
  const std::string path = folder.write("study.db", text_of(data, size));
  accepts([&] { read(path); });
  const std::string target = folder.file("merged.db");
  accepts([&] { results::merge_results(target, {path}); });
  accepts([&] { write(path); });
  for (const char* file : {"merged.db", "merged.db-journal", "study.db-journal"})
    std::filesystem::remove(folder.file(file));
  return 0;
}

}  // namespace wukong::fuzz
