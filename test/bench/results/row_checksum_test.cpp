#include "bench/results/row_checksum.h"

#include <filesystem>
#include <fstream>

#include "bench/exports/export.h"
#include "bench/results/merge.h"
#include "bench/results/query.h"
#include "bench/results/result_store.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::results {
namespace {

// As files of schema 1 have them, to the last space.
constexpr const char* kOldTables =
    "CREATE TABLE parameters(id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE,"
    "  section TEXT NOT NULL, document TEXT NOT NULL);"
    "CREATE TABLE runs(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, program TEXT NOT NULL,"
    "  platform INTEGER REFERENCES parameters, workload INTEGER REFERENCES parameters,"
    "  system INTEGER REFERENCES parameters, seed INTEGER NOT NULL, status TEXT NOT NULL,"
    "  failure TEXT, trace_hash TEXT NOT NULL, metrics TEXT NOT NULL);"
    "CREATE TABLE sweeps(id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE,"
    "  program TEXT NOT NULL, document TEXT NOT NULL);"
    "CREATE TABLE points(sweep INTEGER NOT NULL REFERENCES sweeps, number INTEGER NOT NULL,"
    "  coordinates TEXT NOT NULL, PRIMARY KEY(sweep, number)) WITHOUT ROWID;"
    "CREATE TABLE cells(sweep INTEGER NOT NULL REFERENCES sweeps, point INTEGER NOT NULL,"
    "  system INTEGER NOT NULL, replicate INTEGER NOT NULL, run INTEGER NOT NULL REFERENCES runs,"
    "  PRIMARY KEY(sweep, point, system, replicate)) WITHOUT ROWID;"
    "PRAGMA application_id = 1464553031; PRAGMA user_version = 1;";

// A study of three points in `path`.
void write_study(const std::string& path) {
  ResultStore store = ResultStore::open_for_writing(path);
  const int64_t sweep =
      store.find_or_add_sweep({"h", "p", R"({"axes": ["n"], "systems": ["x"], "points": 3})"});
  Transaction transaction(store.database());
  for (int64_t point = 0; point < 3; ++point) {
    RunRecord run;
    run.key = "run" + std::to_string(point);
    run.program = "p";
    const auto section = std::make_shared<const ParameterSection>(
        ParameterSection{"hash" + std::to_string(point), "{\"a\": 1}"});
    run.sections = {section, section, section};
    run.seed = 10 + point;
    run.status = "completed";
    run.trace_hash = "00ff";
    run.metrics = R"({"makespan_s": 1.25, "cost_usd": )" + std::to_string(point) + "}";
    store.add_run(run);
    store.add_point(sweep, point, "[\"" + std::to_string(point) + "\"]");
    store.fill_cell(sweep, {point, 0, 0}, run.key);
  }
  transaction.commit();
}

std::string exported(const std::string& path) {
  ResultStore store = ResultStore::open_for_reading(path);
  return exports::export_json(load_study(store, std::nullopt), {.metrics = {0, 1}});
}

void execute(const std::string& path, const std::string& sql) {
  Database(path, Database::Mode::read_write).execute(sql);
}

TEST_CASE("no bit of a results file can flip and change what is read from it",
          "[results][checksum]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("x.db");
  write_study(path);
  const std::string whole = test::read_all(path);
  const std::string expected = exported(path);
  const std::string flipped = folder.file("flipped.db");
  int found = 0;
  for (size_t place = 0; place < whole.size(); ++place) {
    if (whole[place] == '\0') continue;  // most of a page is not used yet
    std::string bytes = whole;
    bytes[place] = static_cast<char>(bytes[place] ^ (1 << (place % 8)));
    std::ofstream(flipped, std::ios::binary) << bytes;
    std::string text = expected;
    const std::string error = test::error_text([&] { text = exported(flipped); });
    INFO("byte " << place);
    CHECK(text == expected);
    if (error != "no error") ++found;
    if (error != "no error") CHECK(error.find(flipped) == 0);
  }
  CHECK(found > 300);
}

TEST_CASE("a row that was changed is named, in reading, in continuing and in merging",
          "[results][checksum]") {
  const std::pair<std::string, std::string> changes[] = {
      {"UPDATE runs SET metrics = replace(metrics, '1.25', '1.75') WHERE id = 2",
       "row 2 of the table runs"},
      {"UPDATE runs SET seed = 11 WHERE id = 1", "row 1 of the table runs"},
      {"UPDATE runs SET system = 2 WHERE id = 1", "row 1 of the table runs"},
      {"UPDATE points SET coordinates = '[\"7\"]' WHERE number = 1",
       "point 1 of sweep 1 of the table points"},
      {"UPDATE cells SET run = 1 WHERE point = 2",
       "point 2, system 0, replicate 0 of sweep 1 of the table cells"},
      {"UPDATE runs SET checksum = checksum + 1 WHERE id = 3", "row 3 of the table runs"},
      {"UPDATE sweeps SET document = replace(document, 'n', 'm')", "row 1 of the table sweeps"},
      {"UPDATE parameters SET document = '{}' WHERE id = 2", "row 2 of the table parameters"},
      {"DELETE FROM runs WHERE id = 2",
       "point 1, system 0, replicate 0 of sweep 1 of the table cells"}};
  for (const auto& [sql, row] : changes) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    write_study(path);
    execute(path, sql);
    const std::string expected = path +
                                 ": expected a results file that is whole, found a damaged one (" +
                                 row + " does not have its checksum)";
    INFO(sql);
    CHECK(test::error_text([&] { ResultStore::open_for_reading(path); }) == expected);
    CHECK(test::error_text([&] { ResultStore::open_for_writing(path); }) == expected);
    CHECK(test::error_text([&] { merge_results(folder.file("all.db"), {path}); }) == expected);
    CHECK(!std::filesystem::exists(folder.file("all.db")));
  }
}

TEST_CASE("a merged file has the checksums of its sources", "[results][checksum]") {
  const test::TemporaryFolder folder;
  write_study(folder.file("x.db"));
  merge_results(folder.file("all.db"), {folder.file("x.db")});
  CHECK(exported(folder.file("all.db")) == exported(folder.file("x.db")));
}

// What schema 2 holds, in a file of schema 1.
void write_old(const std::string& path, const std::string& from) {
  Database database(path, Database::Mode::create);
  database.execute(kOldTables);
  database.execute("ATTACH DATABASE '" + from + "' AS new");
  for (const CheckedTable& table : kCheckedTables) {
    const std::string columns(table.columns);
    const std::string name(table.name);
    database.execute("INSERT INTO main." + name + "(" + columns + ") SELECT " + columns +
                     " FROM new." + name);
  }
}

TEST_CASE("a file of the schema without checksums is read, merged, and gets them when continued",
          "[results][checksum]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("old.db");
  write_study(folder.file("new.db"));
  write_old(path, folder.file("new.db"));
  const std::string expected = exported(folder.file("new.db"));
  const std::string before = test::read_all(path);
  CHECK(exported(path) == expected);
  merge_results(folder.file("all.db"), {path});
  CHECK(exported(folder.file("all.db")) == expected);
  CHECK(test::read_all(path) == before);
  write_study(path);  // continues it
  CHECK(exported(path) == expected);
  execute(path, "UPDATE runs SET seed = 12 WHERE id = 1");
  CHECK(test::error_text([&] { exported(path); }).find("row 1 of the table runs") !=
        std::string::npos);
}

TEST_CASE("a query that never ends is ended at its time limit", "[results][query]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("x.db");
  write_study(path);
  ResultStore store = ResultStore::open_for_reading(path);
  const Study study = load_study(store, std::nullopt);
  const auto query = [&] {
    query_results(store, study,
                  "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
                  " SELECT count(*) FROM n",
                  std::chrono::milliseconds(20));
  };
  CHECK(test::error_text(query) ==
        "STATEMENT: expected one that ends within 0.02 s (--time-limit), found one that was still "
        "running");
}

TEST_CASE("a query is one statement, and touches nothing", "[results][query]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("x.db");
  write_study(path);
  const std::string before = test::read_all(path);
  const auto error_of = [&](const std::string& sql) {
    ResultStore store = ResultStore::open_for_reading(path);
    const Study study = load_study(store, std::nullopt);
    return test::error_text([&] { query_results(store, study, sql); });
  };
  const std::string out = folder.file("out.db");
  for (const std::string& sql :
       {"VACUUM INTO '" + out + "'", "ATTACH DATABASE '" + out + "' AS o",
        std::string("DELETE FROM runs"), std::string("CREATE TABLE t(x)"),
        std::string("CREATE TEMP TABLE t(x)"), std::string("PRAGMA user_version = 3"),
        std::string("DROP VIEW results"), std::string("BEGIN")})
    CHECK(error_of(sql).find("expected a SELECT statement") != std::string::npos);
  CHECK(error_of("SELECT 1; SELECT 2") ==
        "STATEMENT: expected one SELECT statement, found another one");
  CHECK(error_of("SELECT 1; DELETE FROM runs").find("expected a SELECT statement") !=
        std::string::npos);
  CHECK(error_of(" -- nothing\n;") == "STATEMENT: expected a SELECT statement, found nothing");
  CHECK(error_of("SELECT count(*) FROM results; -- that is all") == "no error");
  CHECK(error_of("WITH RECURSIVE n(x) AS (SELECT 1 UNION SELECT x + 1 FROM n LIMIT 3)"
                 " SELECT x FROM n") == "no error");
  CHECK(!std::filesystem::exists(out));
  CHECK(test::read_all(path) == before);
}

}  // namespace
}  // namespace wukong::results
