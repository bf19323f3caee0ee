
#include "sim/base/fields.h"

#include <map>
#include <stdexcept>

#include "sim/base/bytes.h"
#include "sim/base/money.h"
#include "sim/base/time.h"
#include "test/catch.h"

namespace wukong {
namespace {

// Shows what it is shown, and overwrites the numbers it was given values for.
class Recorder : public FieldVisitor {
 public:
  std::map<std::string, double> seen;
  std::map<std::string, double> overrides;
  std::map<std::string, Bounds> bounds_of;

  void take(std::string_view key, const Field& field) override {
    if (const auto* integer = std::get_if<IntegerField>(&field)) {
      bounds_of[path(key)] = integer->bounds;
      integer->value = static_cast<int64_t>(number(key, static_cast<double>(integer->value)));
    } else if (const auto* real = std::get_if<NumberField>(&field)) {
      bounds_of[path(key)] = real->bounds;
      real->value = number(key, real->value);
    } else if (const auto* choice = std::get_if<ChoiceField>(&field)) {
      choice->index = static_cast<int>(number(key, choice->index));
      if (choice->index < 0 || static_cast<size_t>(choice->index) >= choice->names.size())
        throw std::out_of_range("choice");
    }
  }
  std::vector<std::string> keys(std::string_view) override { return {}; }
  bool present(std::string_view, bool currently) override { return currently; }
  void begin(std::string_view key) override { prefix_ += std::string(key) + "."; }
  void end() override { prefix_.clear(); }

 private:
  std::string path(std::string_view key) const { return prefix_ + std::string(key); }
  double number(std::string_view key, double value) {
    seen[path(key)] = value;
    const auto found = overrides.find(path(key));
    return found == overrides.end() ? value : found->second;
  }
  std::string prefix_;
};

TEST_CASE("durations are shown and read in the unit that ends their key") {
  for (const auto& [key, ns] : std::map<std::string, double>{
           {"delay_ns", 1}, {"delay_us", 1e3}, {"delay_ms", 1e6}, {"delay_s", 1e9}}) {
    Recorder recorder;
    Duration value = Duration::milliseconds(2500);
    recorder.overrides[key] = 3;
    recorder.duration(key, value);
    CHECK(recorder.seen[key] == 2.5e9 / ns);
    CHECK(static_cast<double>(value.count_ns()) == 3 * ns);
  }
}

TEST_CASE("amounts and rates of data are shown and read in the unit that ends their key") {
  for (const auto& [key, bytes] : std::map<std::string, double>{{"size_bytes", 1},
                                                                {"size_kb", 1e3},
                                                                {"size_mb", 1e6},
                                                                {"size_gb", 1e9},
                                                                {"size_kib", 1024},
                                                                {"size_mib", 1048576},
                                                                {"size_gib", 1073741824}}) {
    Recorder recorder;
    recorder.overrides[key] = 7;
    Bytes value;
    recorder.bytes(key, value);
    CHECK(static_cast<double>(value.count()) == 7 * bytes);
  }
  for (const auto& [key, rate] : std::map<std::string, double>{{"nic_mb_per_s", 1e6},
                                                               {"nic_mib_per_s", 1048576},
                                                               {"nic_gb_per_s", 1e9},
                                                               {"nic_gbit_per_s", 1.25e8}}) {
    Recorder recorder;
    recorder.overrides[key] = 8;
    Bandwidth value = Bandwidth::bytes_per_second(1);
    recorder.bandwidth(key, value);
    CHECK(static_cast<double>(value.count()) == 8 * rate);
  }
}

TEST_CASE("money is shown and read in dollars") {
  Recorder recorder;
  recorder.overrides["price_usd_per_hour"] = 0.085;
  Money value = Money::from_usd(1.5);
  recorder.money("price_usd_per_hour", value);
  CHECK(recorder.seen["price_usd_per_hour"] == 1.5);
  CHECK(value.count_pico_usd() == 85'000'000'000);
}

TEST_CASE("a value that the visitor leaves alone keeps its last bit") {
  Recorder recorder;
  Duration duration = Duration::nanoseconds(9'007'199'254'740'993);  // 2^53 + 1: no double
  recorder.duration("life_s", duration);
  CHECK(duration.count_ns() == 9'007'199'254'740'993);
  Money money = Money::pico_usd(1'234'567'890'123'456'789);
  recorder.money("budget_usd", money);
  CHECK(money.count_pico_usd() == 1'234'567'890'123'456'789);
}

TEST_CASE("bounds keep what is read inside the integer type") {
  Recorder recorder;
  Duration duration;
  recorder.duration("life_s", duration, kNonNegative);
  CHECK(recorder.bounds_of["life_s"].most == 1e9);
  CHECK(recorder.bounds_of["life_s"].least == 0);
  Bytes bytes;
  recorder.bytes("size_mb", bytes, Bounds{1, 5});
  CHECK(recorder.bounds_of["size_mb"].most == 5);
}

struct Inner {
  int64_t count = 2;
  void visit(FieldVisitor& visitor) { visitor.field("count", count, kCount); }
};
enum class Mode { fast, slow };
struct Outer {
  Inner inner;
  Mode mode = Mode::fast;
  void visit(FieldVisitor& visitor) {
    visitor.group("inner", inner);
    constexpr std::string_view kNames[] = {"fast", "slow"};
    visitor.choice("mode", mode, kNames);
  }
};

TEST_CASE("nested structs and enumerations are visited by name") {
  Recorder recorder;
  recorder.overrides = {{"inner.count", 5}, {"mode", 1}};
  Outer outer;
  outer.visit(recorder);
  CHECK(recorder.seen["inner.count"] == 2);
  CHECK(outer.inner.count == 5);
  CHECK(outer.mode == Mode::slow);
}

}  // namespace
}  // namespace wukong
