// A call of a service in the books of a run.
#include "sim/accounting/service_call.h"

#include <optional>
#include <string>
#include <vector>

#include "test/catch.h"
#include "test/sim/platform/storage_test_bed.h"

namespace wukong::accounting {
namespace {

// Writes down spans and the records of the trace, in the order in which they come.
class BooksWatch final : public engine::SpanSink, public engine::TraceSink {
 public:
  std::vector<std::string> seen;

  void host(uint32_t, engine::HostKind, std::string_view) override {}
  uint32_t begin(Time, uint32_t, const engine::SpanStart& start) override {
    seen.push_back(std::string("begin ") + start.name);
    return 0;
  }
  void note(uint32_t, const char* key, int64_t value) override {
    seen.push_back(std::string(key) + " " + std::to_string(value));
  }
  void end(Time, uint32_t) override { seen.emplace_back("end"); }
  void link(Time, uint32_t, engine::InvocationLink, uint32_t) override {}
  void moment(Time, const engine::Moment&) override {}
  void record(const engine::TraceRecord& record) override {
    if (record.kind == engine::TraceKind::resumed) return;
    seen.push_back("record of " + std::to_string(record.actor) + ": " +
                   std::to_string(record.subject) + ", " + std::to_string(record.value));
  }
};

struct BooksBed : test::TestBed {
  BooksBed() {
    engine.watch(&watch);
    engine.trace().listen(&watch);
  }
  ~BooksBed() { engine.clear(); }

  engine::Task<> put() {
    ServiceCall call(books, Operation::object_put, {engine::SpanKind::object, "put", 5, 12});
    call.note("shard", 3);
    co_await engine.sleep(Duration::milliseconds(10));
    call.charge(CostItem::storage, Money::from_usd(0.25));
    call.wrote({Bytes(100), Bytes(200)});
  }
  engine::Task<> get() {
    ServiceCall call(books, Operation::object_get, ServiceCall::Parties{5, 12});
    call.note("shard", 3);
    call.read({Bytes(30), Bytes(40)});
    co_return;
  }

  BooksWatch watch;
};

using Seen = std::vector<std::string>;

TEST_CASE("a call is counted, shown, charged and hashed, each once") {
  BooksBed bed;
  bed.time_of(bed.put());
  CHECK(bed.watch.seen == Seen{"begin put", "shard 3", "record of 5: 12, 100", "end"});
  CHECK(bed.usage.count_of(Operation::object_put) == 1);
  CHECK(bed.usage.written == Bytes(100));
  CHECK(bed.usage.nominal_written == Bytes(200));
  CHECK(bed.ledger.of(CostItem::storage) == Money::from_usd(0.25));
}

TEST_CASE("a call that takes no time has no span, and is in all other books") {
  BooksBed bed;
  bed.time_of(bed.get());
  CHECK(bed.watch.seen == Seen{"record of 5: 12, 30"});
  CHECK(bed.usage.count_of(Operation::object_get) == 1);
  CHECK(bed.usage.read == Bytes(30));
  CHECK(bed.usage.nominal_read == Bytes(40));
}

TEST_CASE("a call whose client is killed is counted, and has moved and cost nothing") {
  BooksBed bed;
  engine::Process& client = bed.engine.spawn(bed.put(), "client");
  const auto killer = [](engine::Engine& engine, engine::Process& victim) -> engine::Task<> {
    co_await engine.sleep(Duration::milliseconds(5));
    engine.kill(victim);
  };
  bed.engine.spawn(killer(bed.engine, client), "killer");
  bed.engine.run();
  CHECK(bed.watch.seen == Seen{"begin put", "shard 3", "end"});
  CHECK(bed.usage.count_of(Operation::object_put) == 1);
  CHECK(bed.usage.written == Bytes(0));
  CHECK(bed.ledger.total() == Money());
}

}  // namespace
}  // namespace wukong::accounting
