// A study's results in one SQLite file: what was computed (runs, by key), and where each run stands
// in the sweeps that asked for it (cells). Opened by one sweep at a time for writing, by anyone for
// reading. A file that is not ours, of another schema or damaged is an Error and stays as it is.
//
// Tables (docs/sweeps.md): parameters, runs, sweeps, points, cells.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bench/results/database.h"
#include "bench/results/run_record.h"

namespace wukong::results {

// A sweep as it was asked for: a description, by one version of the program.
struct SweepIdentity {
  std::string hash;
  std::string program;   // the version and the commit, for people
  std::string document;  // JSON: axes, systems, number of points, replicates, seed
};

// A cell that has its run.
struct FilledCell {
  Cell cell;
  bool completed = false;
  double watched = 0;
};

// What is known of a run by its key.
struct KnownRun {
  std::string key;
  bool completed = false;
  double watched = 0;
};

class ResultStore {
 public:
  static constexpr int kSchema = 2;
  static constexpr int kSchemaWithoutChecksums = 1;  // can be read, and is made anew when written

  // Makes the file if there is none.
  static ResultStore open_for_writing(const std::string& path);
  static ResultStore open_for_reading(const std::string& path);

  Database& database() { return database_; }

  // Of the sweep with this identity, which is added if it is new.
  int64_t find_or_add_sweep(const SweepIdentity& sweep);
  // In order. `watched` names the metric that is asked for with each; empty: none.
  std::vector<FilledCell> filled_cells(int64_t sweep, const std::string& watched);
  // The runs of this version of the program's sources.
  std::vector<KnownRun> known_runs(const std::string& program, const std::string& watched);

  // What follows belongs into a transaction.
  void add_run(const RunRecord& run);
  void add_point(int64_t sweep, int64_t point, const std::string& coordinates);
  // REQUIRES: the run is there.
  void fill_cell(int64_t sweep, const Cell& cell, const std::string& key);

 private:
  ResultStore(const std::string& path, Database::Mode mode);
  int64_t section_id(const ParameterSection& section, size_t kind);
  int64_t run_id(const std::string& key);

  Database database_;
  std::map<std::string, int64_t> sections_;          // hash to id, of those met so far
  std::pair<int64_t, int64_t> last_point_{-1, -1};   // sweep and number
  std::pair<std::string, int64_t> last_run_{"", 0};  // key and id
  std::optional<Statement> insert_run_, insert_section_, find_section_, find_run_, insert_point_,
      insert_cell_;
};

constexpr std::string_view kSectionNames[] = {"platform", "workload", "system"};

}  // namespace wukong::results
