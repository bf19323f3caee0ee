#include "bench/trace/trace_rows.h"

#include <string>

#include "test/catch.h"
#include "test/death.h"

namespace wukong::trace {
namespace {

using engine::HostKind;

struct Fixture {
  Fixture() {
    rows.add_host(7, HostKind::machine, "client");
    rows.add_host(9, HostKind::function, "executor");
  }
  TraceRows rows;
};

TEST_CASE_METHOD(Fixture, "spans of one process on one host share a row", "[trace]") {
  const auto outer = rows.begin(7, 1);
  const auto inner = rows.begin(7, 1);
  CHECK(outer.new_row);
  CHECK(!inner.new_row);
  CHECK(inner.row == outer.row);
  CHECK(inner.span != outer.span);
  CHECK(rows.end(inner.span) == outer.row);
  CHECK(rows.end(outer.span) == outer.row);
}

TEST_CASE_METHOD(Fixture, "processes that are busy side by side have rows of their own",
                 "[trace]") {
  const auto first = rows.begin(7, 1);
  const auto second = rows.begin(7, 2);
  CHECK(second.row != first.row);
  CHECK(rows.name(first.row) == "client");
  CHECK(rows.name(second.row) == "client (2)");
  CHECK(rows.place(first.row) < rows.place(second.row));
  CHECK(rows.place(second.row) < rows.place(rows.begin(9, 1).row));
}

TEST_CASE_METHOD(Fixture, "a row that has become free is used again, the first one first",
                 "[trace]") {
  const auto first = rows.begin(7, 1);
  const auto second = rows.begin(7, 2);
  rows.end(first.span);
  CHECK(rows.begin(7, 2).row == second.row);
  const auto third = rows.begin(7, 3);
  CHECK(third.row == first.row);
  CHECK(!third.new_row);
}

TEST_CASE_METHOD(Fixture, "hosts do not share rows, and functions' hosts are numbered", "[trace]") {
  const auto on_machine = rows.begin(7, 1);
  const auto on_function = rows.begin(9, 1);
  CHECK(on_function.row != on_machine.row);
  CHECK(rows.name(on_function.row) == "environment 1");
  rows.add_host(12, HostKind::function, "executor");
  CHECK(rows.name(rows.begin(12, 1).row) == "environment 2");
  rows.add_host(7, HostKind::machine, "scheduler");
  CHECK(rows.name(on_machine.row) == "scheduler");
}

TEST_CASE_METHOD(Fixture, "a span that ends before one inside it is a bug", "[trace][death]") {
  const auto outer = rows.begin(7, 1);
  rows.begin(7, 1);
  CHECK(test::dying_words([&] { rows.end(outer.span); }).find("innermost") != std::string::npos);
}

}  // namespace
}  // namespace wukong::trace
