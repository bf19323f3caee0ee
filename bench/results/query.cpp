#include "bench/results/query.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "sim/base/error.h"

namespace wukong::bench {
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

void create_view(Database& database, const Study& study) {
  std::string sql = "CREATE TEMP VIEW results AS SELECT cells.point AS point";
  for (size_t i = 0; i < study.axes.size(); ++i) sql += ", " + axis_column(study.axes[i], i);
  sql += ", CASE cells.system";
  for (size_t i = 0; i < study.systems.size(); ++i)
    sql += fmt::format(" WHEN {} THEN {}", i, quoted(study.systems[i], '\''));
  sql += " END AS system, replicate, seed, status, failure, trace_hash";
  for (const Metric& metric : study.metrics)
    sql += fmt::format(", json_extract(runs.metrics, '$.{0}') AS {0}", metric.name);
  sql += fmt::format(
      " FROM cells JOIN runs ON runs.id = cells.run JOIN points ON points.sweep = cells.sweep AND"
      " points.number = cells.point WHERE cells.sweep = {}",
      study.sweep);
  database.execute(sql);
}

std::string csv_field(const Statement& statement, int column) {
  if (statement.is_null(column)) return "";
  const std::string text = statement.text(column);
  return text.find_first_of(",\"\n\r") == std::string::npos ? text : quoted(text, '"');
}

}  // namespace

std::string query_results(ResultStore& store, const Study& study, const std::string& sql) {
  Database& database = store.database();
  create_view(database, study);
  // From here on nothing can be written, not even by a file that was opened for writing.
  database.execute("PRAGMA query_only = 1");
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &raw, nullptr);
  sqlite3_finalize(raw);
  if (code != SQLITE_OK)
    throw Error({"STATEMENT", 0, ""},
                fmt::format("not valid SQL: {}", sqlite3_errmsg(database.handle())));
  if (raw == nullptr) throw Error({"STATEMENT", 0, ""}, "a SELECT statement", "nothing");
  Statement statement(database, sql);
  std::string text;
  for (int i = 0; i < statement.columns(); ++i)
    text += (i == 0 ? "" : ",") + statement.column_name(i);
  text += "\n";
  while (statement.step()) {
    for (int i = 0; i < statement.columns(); ++i)
      text += (i == 0 ? "" : ",") + csv_field(statement, i);
    text += "\n";
  }
  return text;
}

}  // namespace wukong::bench
