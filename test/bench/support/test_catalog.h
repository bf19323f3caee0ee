// A catalog for tests: the program's platforms, stores and workloads, and systems that do one known
// thing each.
#pragma once

#include <vector>

#include "bench/experiment/catalog.h"

namespace wukong::test {

// Systems: `pause` sleeps for pause_s, then its client has the results; `stuck` waits for something
// that never happens; `refusing` reports a failure.
class TestCatalog {
 public:
  TestCatalog();
  const experiment::Catalog& get() const { return catalog_; }

 private:
  std::vector<parameters::Preset> presets_;
  experiment::Catalog catalog_;
};

// One for all who do not change it.
const experiment::Catalog& test_catalog();

}  // namespace wukong::test
