#include "bench/results/merge.h"

#include <filesystem>

#include "bench/results/file_lock.h"
#include "bench/results/query.h"
#include "bench/results/result_store.h"
#include "sim/base/error.h"

namespace wukong::results {
namespace {

int64_t count_of(Database& database, const std::string& table) {
  Statement statement(database, "SELECT count(*) FROM " + table);
  return statement.step() ? statement.integer(0) : 0;
}

void check_same_results(Database& database, const std::string& source) {
  Statement different(database,
                      "SELECT theirs.key FROM source.runs AS theirs JOIN main.runs AS ours"
                      " ON ours.key = theirs.key WHERE ours.trace_hash <> theirs.trace_hash"
                      " OR ours.metrics <> theirs.metrics OR ours.status <> theirs.status LIMIT 1");
  if (different.step())
    throw Error({source, 0, ""}, "the same result of the run " + different.text(0) + " in both",
                "another one: the program, or a machine, is not deterministic");
}

// Numbers of rows differ between files; hashes and keys do not. Rows of a source have been checked,
// if they have checksums.
constexpr const char* kCopy =
    "INSERT OR IGNORE INTO main.parameters(hash, section, document, checksum)"
    "  SELECT hash, section, document, wukong_checksum(hash, section, document)"
    "  FROM source.parameters ORDER BY id;"
    "INSERT OR IGNORE INTO main.runs(key, program, platform, workload, system, seed, status,"
    "    failure, trace_hash, metrics, checksum)"
    "  SELECT r.key, r.program, (SELECT m.id FROM main.parameters m WHERE m.hash = p.hash),"
    "    (SELECT m.id FROM main.parameters m WHERE m.hash = w.hash),"
    "    (SELECT m.id FROM main.parameters m WHERE m.hash = s.hash),"
    "    r.seed, r.status, r.failure, r.trace_hash, r.metrics,"
    "    wukong_checksum(r.key, r.program, p.hash, w.hash, s.hash, r.seed, r.status, r.failure,"
    "      r.trace_hash, r.metrics)"
    "  FROM source.runs r LEFT JOIN source.parameters p ON p.id = r.platform"
    "  LEFT JOIN source.parameters w ON w.id = r.workload"
    "  LEFT JOIN source.parameters s ON s.id = r.system ORDER BY r.id;"
    "INSERT OR IGNORE INTO main.sweeps(hash, program, document, checksum)"
    "  SELECT hash, program, document, wukong_checksum(hash, program, document)"
    "  FROM source.sweeps ORDER BY id;"
    "INSERT OR IGNORE INTO main.points(sweep, number, coordinates, checksum)"
    "  SELECT ours.id, p.number, p.coordinates,"
    "    wukong_checksum(ours.hash, p.number, p.coordinates)"
    "  FROM source.points p"
    "  JOIN source.sweeps theirs ON theirs.id = p.sweep"
    "  JOIN main.sweeps ours ON ours.hash = theirs.hash;"
    "INSERT OR IGNORE INTO main.cells(sweep, point, system, replicate, run, checksum)"
    "  SELECT ours.id, c.point, c.system, c.replicate, kept.id,"
    "    wukong_checksum(ours.hash, c.point, c.system, c.replicate, kept.key)"
    "  FROM source.cells c"
    "  JOIN source.sweeps theirs ON theirs.id = c.sweep"
    "  JOIN main.sweeps ours ON ours.hash = theirs.hash"
    "  JOIN source.runs r ON r.id = c.run JOIN main.runs kept ON kept.key = r.key;";

void merge_one(Database& database, const std::string& source) {
  Statement attach(database, "ATTACH DATABASE ? AS source");
  attach.bind(0, source).run();
  {
    Transaction transaction(database);
    check_same_results(database, source);
    database.execute(kCopy);
    transaction.commit();
  }
  database.execute("DETACH DATABASE source");
}

}  // namespace

MergeCount merge_results(const std::string& target, const std::vector<std::string>& sources) {
  for (const std::string& source : sources) {
    std::error_code ignored;
    if (std::filesystem::equivalent(source, target, ignored))
      throw Error({source, 0, ""}, "a source other than the target", "the target itself");
    ResultStore::open_for_reading(source);  // only to see that it is ours, and whole
  }
  const FileLock lock(target);
  ResultStore store = ResultStore::open_for_writing(target);
  Database& database = store.database();
  const MergeCount before{count_of(database, "runs"), count_of(database, "cells")};
  for (const std::string& source : sources) merge_one(database, source);
  write_results_view(store);
  return {count_of(database, "runs") - before.runs, count_of(database, "cells") - before.cells};
}

}  // namespace wukong::results
