// For tests: what happened at which simulated time, one short text a line.
#pragma once

#include <string>
#include <vector>

#include "sim/engine/engine.h"

namespace wukong::test {

class Journal {
 public:
  explicit Journal(engine::Engine& engine) : engine_(engine) {}
  // "<ms> <what>"
  void note(const std::string& what) {
    lines.push_back(std::to_string(engine_.now().count_ns() / 1'000'000) + " " + what);
  }
  std::vector<std::string> lines;

 private:
  engine::Engine& engine_;
};

// Notes when it is destroyed.
struct Farewell {
  Journal& journal;
  std::string name;
  ~Farewell() { journal.note("end of " + name); }
};

using Lines = std::vector<std::string>;

}  // namespace wukong::test
