#include "bench/results/result_store.h"

#include <fmt/format.h>

#include <filesystem>

#include "bench/results/row_checksum.h"
#include "sim/base/check.h"
#include "sim/base/error.h"

namespace wukong::results {
namespace {

constexpr int64_t kApplication = 0x574b4e47;  // "WKNG", in the file's header

// With what each row has beside its content put in for {0}.
constexpr const char* kTables =
    "CREATE TABLE parameters(id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE,"
    "  section TEXT NOT NULL, document TEXT NOT NULL{0});"
    "CREATE TABLE runs(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, program TEXT NOT NULL,"
    "  platform INTEGER REFERENCES parameters, workload INTEGER REFERENCES parameters,"
    "  system INTEGER REFERENCES parameters, seed INTEGER NOT NULL, status TEXT NOT NULL,"
    "  failure TEXT, trace_hash TEXT NOT NULL, metrics TEXT NOT NULL{0});"
    "CREATE TABLE sweeps(id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE,"
    "  program TEXT NOT NULL, document TEXT NOT NULL{0});"
    "CREATE TABLE points(sweep INTEGER NOT NULL REFERENCES sweeps, number INTEGER NOT NULL,"
    "  coordinates TEXT NOT NULL{0}, PRIMARY KEY(sweep, number)) WITHOUT ROWID;"
    "CREATE TABLE cells(sweep INTEGER NOT NULL REFERENCES sweeps, point INTEGER NOT NULL,"
    "  system INTEGER NOT NULL, replicate INTEGER NOT NULL, run INTEGER NOT NULL"
    " REFERENCES runs{0},"
    "  PRIMARY KEY(sweep, point, system, replicate)) WITHOUT ROWID;";

std::string tables_of(int64_t schema) {
  const bool plain = schema == ResultStore::kSchemaWithoutChecksums;
  return fmt::format(fmt::runtime(kTables), plain ? "" : ", checksum INTEGER NOT NULL");
}

int64_t pragma(Database& database, const std::string& name) {
  Statement statement(database, "PRAGMA " + name);
  return statement.step() ? statement.integer(0) : 0;
}

bool has_tables(Database& database) {
  return Statement(database, "SELECT 1 FROM sqlite_master LIMIT 1").step();
}

void create_tables(Database& database) {
  Transaction transaction(database);
  database.execute(fmt::format("{} PRAGMA application_id = {}; PRAGMA user_version = {};",
                               tables_of(ResultStore::kSchema), kApplication,
                               ResultStore::kSchema));
  transaction.commit();
}

// What a file of the schema without checksums holds gets them.
void add_checksums(Database& database) {
  Transaction transaction(database);
  for (const CheckedTable& table : kCheckedTables)
    database.execute(fmt::format("CREATE TEMP TABLE old_{0} AS SELECT {1} FROM main.{0}",
                                 table.name, table.columns));
  for (auto table = kCheckedTables.rbegin(); table != kCheckedTables.rend(); ++table)
    database.execute(fmt::format("DROP TABLE main.{}", table->name));
  database.execute(tables_of(ResultStore::kSchema));
  for (const CheckedTable& table : kCheckedTables)
    database.execute(
        fmt::format("INSERT INTO main.{0}({1}, checksum) SELECT {1}, {2} FROM old_{0};"
                    "DROP TABLE old_{0}",
                    table.name, table.columns, table.checksum));
  database.execute(fmt::format("PRAGMA user_version = {}", ResultStore::kSchema));
  transaction.commit();
}

// Returns the schema.
int64_t check_ours(Database& database) {
  if (pragma(database, "application_id") != kApplication)
    throw Error({database.path(), 0, ""}, "a results file of wukong", "another SQLite database");
  const int64_t schema = pragma(database, "user_version");
  if (schema != ResultStore::kSchema && schema != ResultStore::kSchemaWithoutChecksums)
    throw Error({database.path(), 0, ""},
                fmt::format("a results file of schema {}", ResultStore::kSchema),
                fmt::format("schema {}, of {} version of wukong", schema,
                            schema > ResultStore::kSchema ? "a newer" : "an older"));
  return schema;
}

// Our tables as their definitions, and triggers, of which there are none.
std::vector<std::string> definitions(Database& database) {
  Statement select(database,
                   "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master"
                   " WHERE type = 'trigger' OR name IN"
                   " ('parameters', 'runs', 'sweeps', 'points', 'cells') ORDER BY 1");
  std::vector<std::string> texts;
  while (select.step()) texts.push_back(select.text(0));
  return texts;
}

// A view or a trigger under our names could do anything.
void check_tables(Database& database, int64_t schema) {
  Database fresh(":memory:", Database::Mode::create);
  fresh.execute(tables_of(schema));
  if (definitions(database) != definitions(fresh))
    throw Error({database.path(), 0, ""}, "a results file that is whole",
                "a damaged one (its tables are not those of wukong)");
}

void check_whole(Database& database) {
  Statement statement(database, "PRAGMA quick_check(1)");
  const bool answered = statement.step();
  const std::string answer = answered ? statement.text(0) : "no answer";
  if (answer != "ok")
    throw Error({database.path(), 0, ""}, "a results file that is whole",
                "a damaged one (" + answer.substr(0, answer.find('\n')) + ")");
}

// Returns the schema.
int64_t check(Database& database) {
  const int64_t schema = check_ours(database);
  check_whole(database);
  check_tables(database, schema);
  if (schema == ResultStore::kSchema) check_rows(database);
  return schema;
}

// A pipe would be waited for, for ever.
void check_kind(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    throw Error({path, 0, ""}, "a results file", "a folder");
  for (const std::string beside : {"", "-journal", "-wal", "-shm"})
    if (const auto status = std::filesystem::status(path + beside, ignored);
        std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
      throw Error({path + beside, 0, ""}, "a regular file", "a pipe, a device or a socket");
}

// Leaves a row that is there as it is. `content` is what the checksum is of (row_checksum.h).
std::string insert_into(const std::string& table, const std::string& columns,
                        const std::string& values, const std::string& content) {
  return fmt::format("INSERT OR IGNORE INTO {}({}, checksum) VALUES({}, wukong_checksum({}))",
                     table, columns, values, content);
}

// `$."makespan_s"` of the metrics, or NULL.
std::string watched_column(const std::string& metric) {
  return metric.empty() ? "NULL" : fmt::format("json_extract(runs.metrics, '$.{}')", metric);
}

}  // namespace

ResultStore::ResultStore(const std::string& path, Database::Mode mode) : database_(path, mode) {
  add_checksum_function(database_);
}

ResultStore ResultStore::open_for_writing(const std::string& path) {
  check_kind(path);
  ResultStore store(path, Database::Mode::create);
  const bool is_new =
      !has_tables(store.database_) && pragma(store.database_, "application_id") == 0;
  if (is_new) {
    store.database_.keep_journal();
    create_tables(store.database_);
  }
  const int64_t schema = check(store.database_);
  store.database_.keep_journal();
  if (schema == kSchemaWithoutChecksums) add_checksums(store.database_);
  return store;
}

ResultStore ResultStore::open_for_reading(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    throw Error({path, 0, ""}, "a results file", "no file of that name");
  check_kind(path);
  // A sweep that was killed within a commit leaves a journal; only one who may write can undo it.
  const bool journal = std::filesystem::exists(path + "-journal", ignored);
  ResultStore store(path, journal ? Database::Mode::read_write : Database::Mode::read_only);
  check(store.database_);
  return store;
}

int64_t ResultStore::find_or_add_sweep(const SweepIdentity& sweep) {
  Statement find(database_, "SELECT id FROM sweeps WHERE hash = ?");
  find.bind(0, sweep.hash);
  if (find.step()) return find.integer(0);
  find.reset();
  Transaction transaction(database_);
  Statement insert(database_,
                   insert_into("sweeps", "hash, program, document", "?1, ?2, ?3", "?1, ?2, ?3"));
  insert.bind(0, sweep.hash).bind(1, sweep.program).bind(2, sweep.document).run();
  const int64_t id = database_.last_insert_id();
  transaction.commit();
  return id;
}

std::vector<FilledCell> ResultStore::filled_cells(int64_t sweep, const std::string& watched) {
  Statement select(database_, "SELECT point, cells.system, replicate, status = 'completed', " +
                                  watched_column(watched) +
                                  " FROM cells JOIN runs ON runs.id = cells.run WHERE sweep = ?"
                                  " ORDER BY point, cells.system, replicate");
  select.bind(0, sweep);
  std::vector<FilledCell> cells;
  while (select.step())
    cells.push_back({{select.integer(0), select.integer(1), select.integer(2)},
                     select.integer(3) != 0,
                     select.real(4)});
  return cells;
}

std::vector<KnownRun> ResultStore::known_runs(const std::string& program,
                                              const std::string& watched) {
  Statement select(database_, "SELECT key, status = 'completed', " + watched_column(watched) +
                                  " FROM runs WHERE program = ?");
  select.bind(0, program);
  std::vector<KnownRun> runs;
  while (select.step()) runs.push_back({select.text(0), select.integer(1) != 0, select.real(2)});
  return runs;
}

int64_t ResultStore::section_id(const ParameterSection& section, size_t kind) {
  if (const auto met = sections_.find(section.hash); met != sections_.end()) return met->second;
  if (!insert_section_) {
    insert_section_.emplace(database_, insert_into("parameters", "hash, section, document",
                                                   "?1, ?2, ?3", "?1, ?2, ?3"));
    find_section_.emplace(database_, "SELECT id FROM parameters WHERE hash = ?");
  }
  insert_section_->bind(0, section.hash).bind(1, kSectionNames[kind]).bind(2, section.document);
  insert_section_->run();
  find_section_->bind(0, section.hash);
  ENSURE(find_section_->step());
  const int64_t id = find_section_->integer(0);
  find_section_->reset();
  sections_.emplace(section.hash, id);
  return id;
}

void ResultStore::add_run(const RunRecord& run) {
  if (!insert_run_)
    insert_run_.emplace(
        database_,
        insert_into("runs",
                    "key, program, platform, workload, system, seed, status, failure, trace_hash,"
                    " metrics",
                    "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10",
                    "?1, ?2, (SELECT hash FROM parameters WHERE id = ?3),"
                    " (SELECT hash FROM parameters WHERE id = ?4),"
                    " (SELECT hash FROM parameters WHERE id = ?5), ?6, ?7, ?8, ?9, ?10"));
  insert_run_->bind(0, run.key).bind(1, run.program);
  ENSURE(run.sections.empty() || run.sections.size() == std::size(kSectionNames));
  for (size_t kind = 0; kind < std::size(kSectionNames); ++kind) {
    const int column = 2 + static_cast<int>(kind);
    if (run.sections.empty())
      insert_run_->bind_null(column);
    else
      insert_run_->bind(column, section_id(*run.sections[kind], kind));
  }
  insert_run_->bind(5, run.seed).bind(6, run.status);
  if (run.completed())
    insert_run_->bind_null(7);
  else
    insert_run_->bind(7, run.failure);
  insert_run_->bind(8, run.trace_hash).bind(9, run.metrics).run();
  if (database_.rows_changed() == 1) last_run_ = {run.key, database_.last_insert_id()};
}

void ResultStore::add_point(int64_t sweep, int64_t point, const std::string& coordinates) {
  const std::pair<int64_t, int64_t> this_point{sweep, point};
  if (last_point_ == this_point) return;
  if (!insert_point_)
    insert_point_.emplace(database_,
                          insert_into("points", "sweep, number, coordinates", "?1, ?2, ?3",
                                      "(SELECT hash FROM sweeps WHERE id = ?1), ?2, ?3"));
  insert_point_->bind(0, sweep).bind(1, point).bind(2, coordinates).run();
  last_point_ = this_point;
}

int64_t ResultStore::run_id(const std::string& key) {
  if (last_run_.first == key) return last_run_.second;
  if (!find_run_) find_run_.emplace(database_, "SELECT id FROM runs WHERE key = ?");
  find_run_->bind(0, key);
  const bool found = find_run_->step();
  ENSURE(found, key);
  const int64_t id = find_run_->integer(0);
  find_run_->reset();
  return id;
}

void ResultStore::fill_cell(int64_t sweep, const Cell& cell, const std::string& key) {
  if (!insert_cell_)
    insert_cell_.emplace(
        database_,
        insert_into("cells", "sweep, point, system, replicate, run", "?1, ?2, ?3, ?4, ?5",
                    "(SELECT hash FROM sweeps WHERE id = ?1), ?2, ?3, ?4,"
                    " (SELECT key FROM runs WHERE id = ?5)"));
  insert_cell_->bind(0, sweep)
      .bind(1, cell.point)
      .bind(2, cell.system)
      .bind(3, cell.replicate)
      .bind(4, run_id(key))
      .run();
}

}  // namespace wukong::results
