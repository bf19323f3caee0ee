#include "bench/results/query.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "bench/results/query_guard.h"
#include "sim/base/error.h"

namespace wukong::results {
namespace {

std::string quoted(const std::string& text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += c;
    result += c;
  }
  return result + quote;
}

// Coordinates are texts; those that are numbers become numbers, so that they can be compared.
std::string axis_column(const std::string& axis, size_t index) {
  const std::string text = fmt::format("json_extract(points.coordinates, '$[{}]')", index);
  return fmt::format(
      "CASE WHEN {0} GLOB '[-0-9]*' AND NOT {0} GLOB '*[^-+.0-9eE]*' THEN {0} + 0 ELSE {0} END AS "
      "{1}",
      text, quoted(axis, '"'));
}

// "CREATE VIEW results ...", as it stands in the file.
std::string view_text(const Study& study, const std::string& create) {
  const std::vector<std::string> names = column_names(study);
  std::string sql = create + " results AS SELECT cells.point AS point";
  for (size_t i = 0; i < names.size(); ++i) sql += ", " + axis_column(names[i], i);
  sql += ", CASE cells.system";
  for (size_t i = 0; i < study.systems.size(); ++i)
    sql += fmt::format(" WHEN {} THEN {}", i, quoted(study.systems[i], '\''));
  sql += " END AS system, replicate, seed, status, failure, trace_hash";
  for (const result::Metric& metric : study.metrics)
    sql += fmt::format(", json_extract(runs.metrics, '$.{0}') AS {0}", metric.name);
  sql += fmt::format(
      " FROM cells JOIN runs ON runs.id = cells.run JOIN points ON points.sweep = cells.sweep AND"
      " points.number = cells.point WHERE cells.sweep = {}",
      study.sweep);
  return sql;
}

std::string csv_field(const Statement& statement, int column) {
  if (statement.is_null(column)) return "";
  const std::string text = statement.text(column);
  return text.find_first_of(",\"\n\r") == std::string::npos ? text : quoted(text, '"');
}

int only_reading(void*, int action, const char*, const char*, const char*, const char*) {
  const bool reads = action == SQLITE_SELECT || action == SQLITE_READ ||
                     action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
  return reads ? SQLITE_OK : SQLITE_DENY;
}

// Prepares what stands at the beginning of `sql`, moves `sql` behind it, and returns whether it is
// a statement, and not a comment or a semicolon.
bool skip_statement(Database& database, const char*& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database.handle(), sql, -1, &statement, &sql);
  const bool reads = statement == nullptr || sqlite3_stmt_readonly(statement) != 0;
  sqlite3_finalize(statement);
  if (code == SQLITE_AUTH || (code == SQLITE_OK && !reads))
    throw Error({"STATEMENT", 0, ""}, "a SELECT statement",
                "one that does something else than to read this file");
  if (code == SQLITE_NOMEM) database.fail(code);
  if (code != SQLITE_OK)
    throw Error({"STATEMENT", 0, ""},
                fmt::format("not valid SQL: {}", sqlite3_errmsg(database.handle())));
  return statement != nullptr;
}

void check_one_statement(Database& database, const std::string& sql) {
  int statements = 0;
  for (const char* rest = sql.c_str(); *rest != '\0';) {
    if (skip_statement(database, rest)) ++statements;
    if (statements > 1) throw Error({"STATEMENT", 0, ""}, "one SELECT statement", "another one");
  }
  if (statements == 0) throw Error({"STATEMENT", 0, ""}, "a SELECT statement", "nothing");
}

// All rows are in memory before the first is written.
constexpr size_t kMostText = size_t{1} << 30;

std::string rows_as_csv(Database& database, const std::string& sql) {
  Statement statement(database, sql);
  std::string text;
  for (int i = 0; i < statement.columns(); ++i)
    text += (i == 0 ? "" : ",") + statement.column_name(i);
  text += "\n";
  while (statement.step()) {
    for (int i = 0; i < statement.columns(); ++i)
      text += (i == 0 ? "" : ",") + csv_field(statement, i);
    text += "\n";
    if (text.size() > kMostText)
      throw Error({"STATEMENT", 0, ""}, "one whose rows take at most 1 GiB", "more rows");
  }
  return text;
}

}  // namespace

void write_results_view(ResultStore& store) {
  Database& database = store.database();
  Statement any(database, "SELECT 1 FROM sweeps LIMIT 1");
  if (!any.step()) return;
  any.reset();
  const std::string view = view_text(load_header(store, std::nullopt), "CREATE VIEW");
  Statement select(database, "SELECT sql FROM sqlite_master WHERE name = 'results'");
  const bool same = select.step() && select.text(0) == view;
  select.reset();
  if (same) return;
  Transaction transaction(database);
  database.execute("DROP VIEW IF EXISTS results");
  database.execute(view);
  transaction.commit();
}

std::string query_results(ResultStore& store, const Study& study, const std::string& sql,
                          std::chrono::nanoseconds longest) {
  Database& database = store.database();
  database.execute(view_text(study, "CREATE TEMP VIEW"));
  // From here on nothing can be written, not even by a file that was opened for writing.
  database.execute("PRAGMA query_only = 1");
  // Nor is any other file touched, as by ATTACH or VACUUM INTO, whose new file counts as no write.
  sqlite3_set_authorizer(database.handle(), only_reading, nullptr);
  check_one_statement(database, sql);
  const QueryGuard guard(database, longest);
  try {
    return rows_as_csv(database, sql);
  } catch (const Error&) {
    guard.explain();
    throw;
  }
}

}  // namespace wukong::results
