// A checksum of each row of a results file, over its canonical content: what the row says, with the
// hash or the key of a row that it refers to in the place of its number, so that it is the same in
// every file. A bit that has flipped on a disk would otherwise become another number in a paper.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "bench/results/database.h"

namespace wukong::results {

// Makes `wukong_checksum(...)` known to the connection: 64 bits of any values.
void add_checksum_function(Database& database);

struct CheckedTable {
  std::string_view name;
  std::string_view columns;  // without the checksum
  // SQL in these columns, which gives the checksum of a row.
  std::string_view checksum;
  // SQL that says which row it is, for people.
  std::string_view row;
};

// In an order in which none refers to one that comes after it.
extern const std::array<CheckedTable, 5> kCheckedTables;

// Throws Error for the first row whose checksum is not that of its content. REQUIRES: the tables
// have checksums.
void check_rows(Database& database);

}  // namespace wukong::results
