// A catalog for tests: the program's platforms, stores and workloads, and systems that do one known
// thing each.
#pragma once

#include <vector>

#include "bench/catalog.h"

namespace wukong::bench {

// Systems: `pause` sleeps for pause_s, then its client has the results; `stuck` waits for something
// that never happens; `refusing` reports a failure.
class TestCatalog {
 public:
  TestCatalog();
  const Catalog& get() const { return catalog_; }

 private:
  std::vector<Preset> presets_;
  Catalog catalog_;
};

// One for all who do not change it.
const Catalog& test_catalog();

}  // namespace wukong::bench
