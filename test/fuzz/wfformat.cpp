// Workflows in WfFormat JSON. What is accepted is written and read again, and is the same then.
#include "workloads/wfformat/wfformat.h"
#include "test/fuzz/fuzz.h"

namespace wukong::fuzz {

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  accepts([&] {
    const dag::Dag dag = wfformat::parse_wfformat(text_of(data, size), "w.json");
    const std::string text = wfformat::export_wfformat(dag, {.name = "again"});
    const dag::Dag again = wfformat::parse_wfformat(text, "again.json");
    const std::string text_again = wfformat::export_wfformat(again, {.name = "again"});
    ENSURE(text == text_again, dag.task_count(), dag.object_count());
  });
  return 0;
}

}  // namespace wukong::fuzz
