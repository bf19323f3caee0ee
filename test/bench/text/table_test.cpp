#include "bench/text/table.h"

#include "bench/result/summary.h"
#include "bench/text/format.h"
#include "test/catch.h"

namespace wukong::text {
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

TEST_CASE("wide and combining characters do not move the columns after them", "[bench]") {
  Table table({Table::Align::left, Table::Align::right});
  table.add_row({"\u6771\u4eac", "1"});
  table.add_row({"cafe\u0301", "22"});
  CHECK(table.to_text() == "\u6771\u4eac   1\ncafe\u0301  22\n");
}

TEST_CASE("a table that is too wide stands in parts, each with its first column", "[bench]") {
  Table table({Table::Align::left, Table::Align::right, Table::Align::left, Table::Align::right});
  table.begin_group(1);
  table.begin_group(3);
  table.add_row({"system", "time", "", "cost"});
  table.add_row({"wukong", "12.3 s", "11..13", "$0.01"});
  CHECK(table.fits(29));
  CHECK(!table.fits(28));
  CHECK(table.to_text({.width = 29}) == table.to_text());
  const std::string parts =
      "system    time\n"
      "wukong  12.3 s  11..13\n"
      "\n"
      "system   cost\n"
      "wukong  $0.01\n";
  CHECK(table.to_text({.width = 28}) == parts);
  CHECK(table.to_text({.width = 22}) == parts);
}

TEST_CASE("prose goes on in the next line of its cell, and a long key is cut in its middle",
          "[bench]") {
  Table table({Table::Align::left, Table::Align::prose});
  table.add_row({"a", "one two three four five six seven"});
  CHECK(table.to_text({.width = 30}) ==
        "a  one two three four five six\n"
        "   seven\n");
  Table keys({Table::Align::left, Table::Align::right});
  keys.add_row({"a-system-with-a-very-long-name", "1,234,567"});
  CHECK(keys.to_text({.width = 30}) == "a-system...ong-name  1,234,567\n");
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
  const result::Summary summary = result::summarise(values);
  CHECK(summary.count == 3);
  CHECK(summary.mean == 2);
  CHECK(summary.min == 1);
  CHECK(summary.max == 3);
  const result::Metric& time = result::find_metric("makespan_s", "");
  CHECK(spread_text(time, summary) == "1.00..3.00");
  const double same[] = {2.0001, 2.0002};
  CHECK(spread_text(time, result::summarise(same)).empty());
  const double units[] = {0.5, 1.5};
  CHECK(spread_text(time, result::summarise(units)) == "500 ms..1.50 s");
  const double dollars[] = {0.01, 0.02};
  CHECK(spread_text(result::find_metric("cost_usd", ""), result::summarise(dollars)) ==
        "0.0100..0.0200");
  CHECK(result::summarise(std::span<const double>()).count == 0);
}

}  // namespace
}  // namespace wukong::text
