#include "bench/files/input_file.h"

#include <string_view>
#include "sim/base/fields.h"
#include "test/catch.h"
#include "test/support/test_data.h"
#include "workloads/catalog/workload.h"
#include "workloads/dag/dag.h"

namespace wukong::workloads {
namespace {

const Workload& workload_of(std::string_view key) {
  for (const Workload& workload : workloads())
    if (workload.key == key) return workload;
  FAIL("no workload " << key);
  return workloads().front();
}

// Sets one number or text, and notes which keys there are.
class KeySetter final : public FieldVisitor {
 public:
  KeySetter(std::string key, double value) : key_(std::move(key)), value_(value) {}
  KeySetter(std::string key, std::string text) : key_(std::move(key)), text_(std::move(text)) {}

  std::vector<std::string> keys_seen;

  void take(std::string_view key, const Field& field) override {
    if (std::holds_alternative<ChoiceField>(field) || std::holds_alternative<NumbersField>(field))
      return;
    keys_seen.emplace_back(key);
    if (key != key_) return;
    if (const auto* integer = std::get_if<IntegerField>(&field))
      integer->value = static_cast<int64_t>(value_);
    else if (const auto* number = std::get_if<NumberField>(&field))
      number->value = value_;
    else if (const auto* text = std::get_if<TextField>(&field))
      text->value = text_;
    else if (const auto* file = std::get_if<FileField>(&field))
      file->file = {text_, files::read_input_file(text_)};
  }
  bool present(std::string_view key, bool currently) override { return key == key_ || currently; }
  void begin(std::string_view) override {}
  void end() override {}
  std::vector<std::string> keys(std::string_view) override { return {}; }

 private:
  std::string key_;
  double value_ = 0;
  std::string text_;
};

}  // namespace

TEST_CASE("a workload is made from its key and its parameters") {
  const Workload& tree = workload_of("tree_reduction");
  const auto parameters = tree.make_parameters();
  KeySetter elements("elements", 64);
  parameters->visit(elements);
  CHECK(elements.keys_seen == std::vector<std::string>{"elements", "delay_ms", "value_bytes"});
  KeySetter delay("delay_ms", 100);
  parameters->visit(delay);
  const dag::Dag dag = tree.make_dag(*parameters, dag::DagForm::dask);
  CHECK(dag.task_count() == 63);
  CHECK(dag.cost(TaskId(0)).sleep == Duration::milliseconds(100));
}

TEST_CASE("a workload with two forms gives each system its own") {
  const Workload& tsqr = workload_of("tsqr");
  const auto parameters = tsqr.make_parameters();
  for (const auto& [key, value] :
       {std::pair{"rows", 4096.0}, std::pair{"columns", 16.0}, std::pair{"block_rows", 512.0}}) {
    KeySetter setter(key, value);
    parameters->visit(setter);
  }
  CHECK(tsqr.make_dag(*parameters, dag::DagForm::numpywren).task_count() == 2 * 8 - 1);
  CHECK(tsqr.make_dag(*parameters, dag::DagForm::dask).task_count() == 2 * 8 + 2);
}

TEST_CASE("a workload that is read from a file names the parameter that is its path") {
  const Workload& wfformat = workload_of("wfformat");
  REQUIRE(wfformat.path_key == "path");
  const auto parameters = wfformat.make_parameters();
  const std::string file = test::test_data("wfinstances/helloworld-chain-5-chameleon.json");
  KeySetter path("path", file);
  parameters->visit(path);
  CHECK(wfformat.make_dag(*parameters, dag::DagForm::dask).task_count() == 5);
  CHECK(workload_of("tsqr").path_key.empty());
}

}  // namespace wukong::workloads
