#include "bench/text/table.h"

#include "bench/summary.h"
#include "bench/text/format.h"
#include "test/catch.h"

namespace wukong::bench {
namespace {

TEST_CASE("a table aligns its columns, and its lines have no trailing spaces", "[bench]") {
  Table table({Table::Align::left, Table::Align::right, Table::Align::left});
  table.add_row({"name", "value", "unit"});
  table.add_heading("a heading may be wider than all of the columns");
  table.add_row({"time", "1,234", "s"});
  table.add_row({"caf\xc3\xa9 noir", "5"});
  table.add_blank();
  CHECK(table.to_text() ==
        "name       value  unit\n"
        "a heading may be wider than all of the columns\n"
        "time       1,234  s\n"
        "caf\xc3\xa9 noir      5\n"
        "\n");
}

TEST_CASE("times are in the unit that fits, with three digits", "[bench]") {
  CHECK(format_time(0) == "0 s");
  CHECK(format_time(0.0000123) == "12.3 us");
  CHECK(format_time(0.001) == "1.00 ms");
  CHECK(format_time(0.9994) == "999 ms");
  CHECK(format_time(0.9996) == "1.00 s");
  CHECK(format_time(9.996) == "10.0 s");
  CHECK(format_time(99.96) == "100 s");
  CHECK(format_time(12345.6) == "12,346 s");
}

TEST_CASE("bytes are in powers of a thousand", "[bench]") {
  CHECK(format_bytes(0) == "0 B");
  CHECK(format_bytes(999) == "999 B");
  CHECK(format_bytes(1500) == "1.50 kB");
  CHECK(format_bytes(999'600) == "1.00 MB");
  CHECK(format_bytes(254.176e9) == "254 GB");
  CHECK(format_bytes(9.99e18) == "9,990 PB");
}

TEST_CASE("money, counts and ratios keep their sense at any size", "[bench]") {
  CHECK(format_money(0) == "$0");
  CHECK(format_money(0.000123) == "$0.000123");
  CHECK(format_money(12.345) == "$12.35");
  CHECK(format_money(1234567.8) == "$1,234,567.80");
  CHECK(format_count(1234567) == "1,234,567");
  CHECK(format_count(999) == "999");
  CHECK(format_count(12.5) == "12.5");
  CHECK(format_ratio(68.17) == "68.2x");
  CHECK(format_ratio(1.0) == "1.00x");
}

TEST_CASE("a summary has mean, least and most, and shows a spread where there is one", "[bench]") {
  const double values[] = {3, 1, 2};
  const Summary summary = summarise(values);
  CHECK(summary.count == 3);
  CHECK(summary.mean == 2);
  CHECK(summary.min == 1);
  CHECK(summary.max == 3);
  CHECK(spread_text(summary, format_time) == "[1.00 s .. 3.00 s]");
  const double same[] = {2.0001, 2.0002};
  CHECK(spread_text(summarise(same), format_time).empty());
  CHECK(summarise(std::span<const double>()).count == 0);
}

}  // namespace
}  // namespace wukong::bench
