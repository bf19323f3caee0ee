#include "bench/results/result_store.h"

#include <sqlite3.h>

#include <filesystem>

#include "bench/results/file_lock.h"
#include "bench/results/merge.h"
#include "bench/results/result_writer.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::results {
namespace {

RunRecord record_of(const std::string& key, double makespan) {
  const auto section = std::make_shared<const ParameterSection>(ParameterSection{"hash", "{}"});
  RunRecord record;
  record.key = key;
  record.program = "sources";
  record.sections = {section, section, section};
  record.seed = 1;
  record.status = "completed";
  record.trace_hash = "00ff";
  record.metrics = "{\"makespan_s\":" + std::to_string(makespan) + "}";
  return record;
}

void make_file(const std::string& path, const std::string& sql) {
  Database database(path, Database::Mode::create);
  database.execute(sql);
}

std::string error_of_opening(const std::string& path) {
  return test::error_text([&] { ResultStore::open_for_writing(path); });
}

TEST_CASE("a finished run is in the file with all that is known of it", "[results]") {
  const test::TemporaryFolder folder;
  ResultStore store = ResultStore::open_for_writing(folder.file("x.db"));
  const int64_t sweep = store.find_or_add_sweep({"identity", "0.1", "{}"});
  CHECK(store.find_or_add_sweep({"identity", "0.1", "{}"}) == sweep);
  std::vector<FinishedCell> told;
  {
    ResultWriter writer(store, sweep, [&](const std::vector<FinishedCell>& cells) {
      told.insert(told.end(), cells.begin(), cells.end());
    });
    writer.add({{0, 0, 0}, "[\"1\"]", "a", record_of("a", 2), true});
    writer.add({{0, 0, 1}, "[\"1\"]", "a", std::nullopt, true});
    writer.finish();
  }
  CHECK(told.size() == 2);
  ResultStore reader = ResultStore::open_for_reading(folder.file("x.db"));
  const std::vector<FilledCell> cells = reader.filled_cells(sweep, "makespan_s");
  REQUIRE(cells.size() == 2);
  CHECK(cells[1].cell == Cell{0, 0, 1});
  CHECK(cells[1].completed);
  CHECK(cells[1].watched == 2);
  const std::vector<KnownRun> runs = reader.known_runs("sources", "");
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].key == "a");
  CHECK(reader.known_runs("other sources", "").empty());
}

TEST_CASE("a cell has the run with its key, also when that was in the file before", "[results]") {
  const test::TemporaryFolder folder;
  ResultStore store = ResultStore::open_for_writing(folder.file("x.db"));
  const int64_t sweep = store.find_or_add_sweep({"identity", "0.1", "{}"});
  Transaction transaction(store.database());
  store.add_run(record_of("a", 1));
  store.add_run(record_of("b", 2));
  store.add_run(record_of("a", 3));  // the first one stays
  store.add_point(sweep, 0, "[]");
  store.fill_cell(sweep, {0, 0, 0}, "a");
  store.fill_cell(sweep, {0, 0, 1}, "b");
  transaction.commit();
  const std::vector<FilledCell> cells = store.filled_cells(sweep, "makespan_s");
  REQUIRE(cells.size() == 2);
  CHECK(cells[0].watched == 1);
  CHECK(cells[1].watched == 2);
}

TEST_CASE("a journal is kept between transactions, and gone when the file is closed", "[results]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("x.db");
  {
    ResultStore store = ResultStore::open_for_writing(path);
    store.find_or_add_sweep({"identity", "0.1", "{}"});
    CHECK(std::filesystem::exists(path + "-journal"));
    // Who reads meanwhile sees what is committed.
    CHECK(ResultStore::open_for_reading(path).filled_cells(1, "").empty());
  }
  CHECK(!std::filesystem::exists(path + "-journal"));
}

TEST_CASE("a file that is not ours is an error, and stays as it is", "[results]") {
  const test::TemporaryFolder folder;
  const std::string text = folder.write("notes.txt", std::string(3000, 'x'));
  CHECK(error_of_opening(text) ==
        text + ": expected a results file of wukong, found another kind of file");
  CHECK(test::read_all(text) == std::string(3000, 'x'));

  const std::string foreign = folder.file("foreign.db");
  make_file(foreign, "CREATE TABLE t(x)");
  const std::string before = test::read_all(foreign);
  CHECK(error_of_opening(foreign).find("found another SQLite database") != std::string::npos);
  CHECK(test::read_all(foreign) == before);

  const std::string newer = folder.file("newer.db");
  ResultStore::open_for_writing(newer);
  make_file(newer, "PRAGMA user_version = 99");
  CHECK(error_of_opening(newer) ==
        newer +
            ": expected a results file of schema 2, found schema 99, of a newer version of wukong");
  CHECK(test::error_text([&] { ResultStore::open_for_reading(newer); }).find("schema 99") !=
        std::string::npos);
  CHECK(error_of_opening("/no/such/folder/x.db").find("cannot be opened") != std::string::npos);
  CHECK(error_of_opening("/tmp").find("found a folder") != std::string::npos);
  CHECK(test::error_text([&] {
          ResultStore::open_for_reading(folder.file("none"));
        }).find("no file of that name") != std::string::npos);
}

TEST_CASE("a damaged file is an error, and stays as it is", "[results]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("x.db");
  {
    ResultStore store = ResultStore::open_for_writing(path);
    const int64_t sweep = store.find_or_add_sweep({"identity", "0.1", "{}"});
    ResultWriter writer(store, sweep, [](const std::vector<FinishedCell>&) {});
    for (int i = 0; i < 200; ++i)
      writer.add({{i, 0, 0}, "[]", std::to_string(i), record_of(std::to_string(i), 1), true});
    writer.finish();
  }
  std::string bytes = test::read_all(path);
  REQUIRE(bytes.size() > 20000);
  for (size_t i = 4096; i < bytes.size(); i += 4096) bytes.replace(i, 64, 64, '\x5a');
  folder.write("x.db", bytes);
  CHECK(error_of_opening(path).find("expected a results file that is whole, found a damaged one") !=
        std::string::npos);
  CHECK(test::read_all(path) == bytes);
}

TEST_CASE("a locked file is an error that names who has it", "[results]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("x.db");
  {
    const FileLock mine(path);
    CHECK(test::error_text([&] {
            const FileLock other(path);
          }).find("found one that another sweep is writing (process ") != std::string::npos);
  }
  CHECK(test::error_text([&] { const FileLock again(path); }) == "no error");
  CHECK(!std::filesystem::exists(path + ".lock"));
}

TEST_CASE("a file that another program has locked is an error", "[results]") {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("x.db");
  ResultStore::open_for_writing(path);
  Database other(path, Database::Mode::read_write);
  other.execute("BEGIN EXCLUSIVE");
  Database mine(path, Database::Mode::read_write);
  sqlite3_busy_timeout(mine.handle(), 1);
  CHECK(test::error_text([&] {
          const Transaction transaction(mine);
        }).find("found one that another program has locked") != std::string::npos);
}

TEST_CASE("files with different results of one run are not merged", "[results]") {
  const test::TemporaryFolder folder;
  for (const auto& [name, makespan] : {std::pair{"a.db", 1.0}, std::pair{"b.db", 2.0}}) {
    ResultStore store = ResultStore::open_for_writing(folder.file(name));
    ResultWriter writer(
        store,
        store.find_or_add_sweep({"i", "0.1", R"({"axes": [], "systems": ["s"], "points": 1})"}),
        [](const std::vector<FinishedCell>&) {});
    writer.add({{0, 0, 0}, "[]", "key", record_of("key", makespan), true});
    writer.finish();
  }
  CHECK(merge_results(folder.file("m.db"), {folder.file("a.db")}).runs == 1);
  CHECK(test::error_text([&] {
          merge_results(folder.file("m.db"), {folder.file("b.db")});
        }).find("is not deterministic") != std::string::npos);
  CHECK(merge_results(folder.file("m.db"), {folder.file("a.db")}).runs == 0);
  CHECK(test::error_text([&] {
          merge_results(folder.file("m.db"), {folder.file("m.db")});
        }).find("the target itself") != std::string::npos);
}

}  // namespace
}  // namespace wukong::results
