// The workloads of the papers, by the keys and parameters that an experiment's file gives.
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.h"
#include "test/catch.h"
#include "workloads/catalog/workload.h"
#include "workloads/dag/dag.h"

namespace wukong::workloads {
namespace {

using Values = std::map<std::string, double>;

// Sets the numbers that it is given, and remembers the keys that it has seen.
class NumberSetter final : public FieldVisitor {
 public:
  explicit NumberSetter(Values values) : values_(std::move(values)) {}

  void take(std::string_view key, const Field& field) override {
    see(key);
    if (const auto* integer = std::get_if<IntegerField>(&field)) set(key, *integer);
    if (const auto* number = std::get_if<NumberField>(&field)) set(key, *number);
  }
  bool present(std::string_view key, bool currently) override {
    see(key);
    return currently || values_.count(std::string(key)) > 0;
  }
  void begin(std::string_view) override {}
  void end() override {}
  std::vector<std::string> keys(std::string_view) override { return {}; }

  std::set<std::string> seen;

 private:
  void see(std::string_view key) { seen.emplace(key); }
  template <class Numeric>
  void set(std::string_view key, const Numeric& field) {
    const auto given = values_.find(std::string(key));
    if (given == values_.end()) return;
    CHECK(given->second >= field.bounds.least);
    CHECK(given->second <= field.bounds.most);
    field.value = static_cast<std::remove_reference_t<decltype(field.value)>>(given->second);
  }

  Values values_;
};

size_t task_count(std::string_view key, const Values& values, dag::DagForm form) {
  for (const Workload& workload : workloads()) {
    if (workload.key != key) continue;
    const auto parameters = workload.make_parameters();
    NumberSetter setter(values);
    parameters->visit(setter);
    for (const auto& [name, value] : values) CHECK(setter.seen.count(name) == 1);
    return workload.make_dag(*parameters, form).task_count();
  }
  FAIL("no workload " << key);
  return 0;
}

}  // namespace

TEST_CASE("every workload of the papers is registered under its key, with its parameters' names") {
  struct Case {
    std::string_view key;
    Values values;
    size_t tasks_of_dask, tasks_of_numpywren;
  };
  const std::vector<Case> cases = {
      {"gemm", {{"n", 800}, {"block", 100}}, 64, 768},
      {"tsqr", {{"rows", 2000}, {"columns", 10}, {"block_rows", 1000}}, 2 * 2 + 2, 3},
      {"svd1", {{"rows", 20'000}, {"columns", 100}, {"block_rows", 10'000}}, 2 * 2 + 2, 2 * 2 + 2},
      {"svd2", {{"n", 20'000}, {"block", 5000}}, 3 * 16 + 14 * 4 + 7, 3 * 16 + 14 * 4 + 7},
      {"svc", {{"samples", 128'000}, {"chunks", 160}}, 320, 320},
      {"cholesky", {{"n", 400}, {"block", 100}}, 20, 20},
      {"qr", {{"n", 400}, {"block", 100}}, 59, 59},
      {"bdfac", {{"n", 400}, {"block", 100}}, 88, 88},
      {"lu", {{"n", 400}, {"block", 100}}, 30, 30},
      {"tree_reduction", {{"elements", 1024}, {"delay_ms", 100}}, 1023, 1023},
      {"noop", {{"tasks", 100}, {"lambdas", 10}, {"delay_ms", 250}}, 100, 100},
      {"layered",
       {{"depth", 5}, {"width", 6}, {"fan_in", 2}, {"task_ms", 10}, {"object_kb", 1}, {"seed", 3}},
       30,
       30}};
  for (const auto& [key, values, tasks_of_dask, tasks_of_numpywren] : cases) {
    INFO(std::string(key));
    CHECK(task_count(key, values, dag::DagForm::dask) == tasks_of_dask);
    CHECK(task_count(key, values, dag::DagForm::numpywren) == tasks_of_numpywren);
  }
}

TEST_CASE("the distributions of a layered DAG have a key and a spread each") {
  NumberSetter setter({});
  for (const Workload& workload : workloads())
    if (workload.key == "layered") workload.make_parameters()->visit(setter);
  for (const char* what : {"width", "fan_in", "task", "object"}) {
    CHECK(setter.seen.count(std::string(what) + "_distribution") == 1);
    CHECK(setter.seen.count(std::string(what) + "_spread") == 1);
  }
}

}  // namespace wukong::workloads
