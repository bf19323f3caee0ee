#include "bench/results/row_checksum.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <bit>
#include <cstdint>
#include <optional>

#include "sim/base/error.h"
#include "sim/base/hash.h"

namespace wukong::results {
namespace {

// Types go in, too: the text "1" is not the number 1.
// Nothing if there is not enough memory.
std::optional<uint64_t> hash_value(sqlite3_value* value) {
  const int type = sqlite3_value_type(value);
  uint64_t content = 0;
  if (type == SQLITE_INTEGER) {
    content = static_cast<uint64_t>(sqlite3_value_int64(value));
  } else if (type == SQLITE_FLOAT) {
    content = std::bit_cast<uint64_t>(sqlite3_value_double(value));
  } else if (type != SQLITE_NULL) {
    const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
    const auto size = static_cast<size_t>(sqlite3_value_bytes(value));
    if (bytes == nullptr && size > 0) return std::nullopt;
    content = hash_text({bytes, size});
  }
  return mix64(content) ^ static_cast<uint64_t>(type);
}

void checksum(sqlite3_context* context, int count, sqlite3_value** values) {
  uint64_t sum = 0;
  for (int i = 0; i < count; ++i) {
    const std::optional<uint64_t> hash = hash_value(values[i]);
    if (!hash) return sqlite3_result_error_nomem(context);
    sum = mix64(sum + 0x9e3779b97f4a7c15ull) ^ *hash;
  }
  sqlite3_result_int64(context, static_cast<int64_t>(mix64(sum)));
}

}  // namespace

const std::array<CheckedTable, 5> kCheckedTables = {{
    {"parameters", "id, hash, section, document", "wukong_checksum(hash, section, document)",
     "'row ' || id"},
    {"runs",
     "id, key, program, platform, workload, system, seed, status, failure, trace_hash, metrics",
     "wukong_checksum(key, program, (SELECT hash FROM parameters WHERE id = platform),"
     " (SELECT hash FROM parameters WHERE id = workload),"
     " (SELECT hash FROM parameters WHERE id = system),"
     " seed, status, failure, trace_hash, metrics)",
     "'row ' || id"},
    {"sweeps", "id, hash, program, document", "wukong_checksum(hash, program, document)",
     "'row ' || id"},
    {"points", "sweep, number, coordinates",
     "wukong_checksum((SELECT hash FROM sweeps WHERE id = sweep), number, coordinates)",
     "'point ' || number || ' of sweep ' || sweep"},
    {"cells", "sweep, point, system, replicate, run",
     "wukong_checksum((SELECT hash FROM sweeps WHERE id = sweep), point, system, replicate,"
     " (SELECT key FROM runs WHERE id = run))",
     "'point ' || point || ', system ' || system || ', replicate ' || replicate || ' of sweep '"
     " || sweep"},
}};

void add_checksum_function(Database& database) {
  const int code = sqlite3_create_function_v2(database.handle(), "wukong_checksum", -1,
                                              SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, checksum,
                                              nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) database.fail(code);
}

void check_rows(Database& database) {
  for (const CheckedTable& table : kCheckedTables) {
    Statement wrong(database, fmt::format("SELECT {} FROM {} WHERE checksum IS NOT {} LIMIT 1",
                                          table.row, table.name, table.checksum));
    if (wrong.step())
      throw Error({database.path(), 0, ""}, "a results file that is whole",
                  fmt::format("a damaged one ({} of the table {} does not have its checksum)",
                              wrong.text(0), table.name));
  }
}

}  // namespace wukong::results
