// Results files that SQLite can read and whose contents are not what a sweep writes.
#include "bench/exports/export.h"
#include "bench/results/row_checksum.h"
#include "test/bench/support/error_text.h"
#include "test/bench/support/temporary_folder.h"
#include "test/catch.h"

namespace wukong::results {
namespace {

const std::string kSweep =
    "INSERT INTO sweeps VALUES(1, 'h', 'p', '{\"axes\": [\"a\"], \"systems\": [\"x\", \"y\"],"
    " \"points\": 2}', 0);";
const std::string kRun =
    "INSERT INTO runs VALUES(1, 'k', 'p', 1, 1, 1, 1, 'completed', NULL, '0', '{}', 0);";
const std::string kPoint = "INSERT INTO points VALUES(1, 0, '[\"1\"]', 0);";
const std::string kCell = "INSERT INTO cells VALUES(1, 0, 1, 0, 1, 0);";

// Rows whose checksums are those of what they say.
void write_with_checksums(const std::string& path, const std::string& sql) {
  Database database(path, Database::Mode::read_write);
  add_checksum_function(database);
  database.execute(sql);
  if (!sql.starts_with("INSERT")) return;  // other tables than ours
  for (const CheckedTable& table : kCheckedTables)
    database.execute("UPDATE " + std::string(table.name) +
                     " SET checksum = " + std::string(table.checksum));
}

// What reading says after these statements.
std::string reading_after(const std::string& sql) {
  const test::TemporaryFolder folder;
  const std::string path = folder.file("x.db");
  ResultStore::open_for_writing(path);
  write_with_checksums(path, sql);
  const std::string error = test::error_text([&] {
    ResultStore store = ResultStore::open_for_reading(path);
    const Study study = load_study(store, std::nullopt);
    exports::export_json(study, {.metrics = {0}});
  });
  const size_t found = error.find("found a damaged one (");
  return found == std::string::npos ? error : error.substr(found + 21);
}

std::string sweep_of(const std::string& document) {
  return "INSERT INTO sweeps VALUES(1, 'h', 'p', '" + document + "', 0);";
}

TEST_CASE("a whole study is read", "[results]") {
  CHECK(reading_after(kSweep + kRun + kPoint + kCell) == "no error");
}

TEST_CASE("a sweep's document that is none is an error", "[results]") {
  CHECK(reading_after(sweep_of("{")) == "a document in it: not valid JSON: incomplete JSON)");
  CHECK(reading_after(sweep_of("[]")) == "a document in it is not an object)");
  CHECK(reading_after(sweep_of("{}")) == "the list of axes is not a list)");
  CHECK(reading_after(sweep_of(R"({"axes": [], "systems": {}})")) ==
        "the list of systems is not a list)");
  CHECK(reading_after(sweep_of(R"({"axes": [], "systems": []})")) == "a sweep of 0 systems)");
  CHECK(reading_after(sweep_of(R"({"axes": [], "systems": ["x"], "points": "many"})")) ==
        "no number of points)");
}

TEST_CASE("rows that do not fit the sweep are errors", "[results]") {
  const std::string no_coordinates = "INSERT INTO points VALUES(1, 0, '[]', 0);";
  CHECK(reading_after(kSweep + kRun + kCell + no_coordinates) ==
        "point 0 has not one coordinate for each axis)");
  const std::string third_system = "INSERT INTO cells VALUES(1, 0, 2, 0, 1, 0);";
  CHECK(reading_after(kSweep + kRun + kPoint + third_system) ==
        "a run of a system that the sweep has not)");
  const std::string no_system = "INSERT INTO cells VALUES(1, 0, -1, 0, 1, 0);";
  CHECK(reading_after(kSweep + kRun + kPoint + no_system) ==
        "a run of a system that the sweep has not)");
  CHECK(reading_after(kSweep + kRun + kPoint + kCell + "UPDATE runs SET metrics = '[1]';") ==
        "a document in it is not an object)");
}

TEST_CASE("a table that is not ours under a name of ours is an error", "[results]") {
  const std::string foreign = "its tables are not those of wukong)";
  CHECK(reading_after("DROP TABLE cells; CREATE VIEW cells AS SELECT 1") == foreign);
  CHECK(reading_after("CREATE TRIGGER t AFTER INSERT ON runs BEGIN SELECT 1; END") == foreign);
  CHECK(reading_after("ALTER TABLE runs ADD COLUMN more") == foreign);
  CHECK(reading_after("DROP TABLE points") == foreign);
}

}  // namespace
}  // namespace wukong::results
