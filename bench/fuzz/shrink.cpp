#include "bench/fuzz/shrink.h"

#include <algorithm>

namespace wukong::fuzz {
namespace {

constexpr size_t kMostTrials = 2000;

class Shrinker {
 public:
  Shrinker(const FuzzCase& failing, const FuzzTrial& trial) : trial_(trial) {
    shrunk_.smallest = failing;
    accept(failing);
  }

  Shrunk run(const std::vector<faults::FaultPoint>& struck) {
    name_faults(struck);
    if (!shrunk_.smallest.workload.empty()) accept(as_sketch(shrunk_.smallest));
    for (bool smaller = true; smaller && shrunk_.trials < kMostTrials;) {
      smaller = false;
      smaller |= drop_some([](FuzzCase& c) -> auto& { return c.points; });
      smaller |= drop_some([](FuzzCase& c) -> auto& { return c.faults; });
      smaller |= drop_tasks();
      smaller |= drop_edges();
      smaller |= drop_some([](FuzzCase& c) -> auto& { return c.platform_settings; });
      smaller |= drop_some([](FuzzCase& c) -> auto& { return c.system_settings; });
      smaller |= make_plainer();
    }
    return shrunk_;
  }

 private:
  // Keeps the candidate if it fails, too, in whatever way.
  bool accept(const FuzzCase& candidate) {
    if (shrunk_.trials >= kMostTrials) return false;
    ++shrunk_.trials;
    const std::vector<std::string> violations = trial_(candidate);
    if (violations.empty()) return false;
    shrunk_.smallest = candidate;
    shrunk_.violations = violations;
    return true;
  }

  void name_faults(const std::vector<faults::FaultPoint>& struck) {
    if (struck.empty()) return;
    FuzzCase candidate = shrunk_.smallest;
    std::erase_if(candidate.faults, [](const auto& setting) {
      return std::find(std::begin(faults::kFaultKindNames), std::end(faults::kFaultKindNames),
                       setting.first) != std::end(faults::kFaultKindNames) ||
             setting.first == "most";
    });
    candidate.points = struck;
    accept(candidate);
  }

  // Halves first, then single ones.
  template <class Select>
  bool drop_some(Select select) {
    bool dropped = false;
    for (size_t length = std::max<size_t>(1, select(shrunk_.smallest).size() / 2);; length /= 2) {
      for (size_t at = 0; at < select(shrunk_.smallest).size();) {
        FuzzCase candidate = shrunk_.smallest;
        auto& items = select(candidate);
        const auto first = items.begin() + static_cast<std::ptrdiff_t>(at);
        const auto count = std::min(length, items.size() - at);
        items.erase(first, first + static_cast<std::ptrdiff_t>(count));
        if (accept(candidate))
          dropped = true;
        else
          at += length;
      }
      if (length <= 1) return dropped;
    }
  }

  bool drop_tasks() {
    bool dropped = false;
    for (size_t task = shrunk_.smallest.tasks.size(); task-- > 0;) {
      if (shrunk_.smallest.tasks.size() == 1) break;
      FuzzCase candidate = shrunk_.smallest;
      candidate.tasks.erase(candidate.tasks.begin() + static_cast<std::ptrdiff_t>(task));
      for (FuzzTask& other : candidate.tasks) {
        std::erase(other.predecessors, task);
        for (size_t& before : other.predecessors)
          if (before > task) --before;
      }
      dropped |= accept(candidate);
    }
    return dropped;
  }

  bool drop_edges() {
    bool dropped = false;
    for (size_t task = 0; task < shrunk_.smallest.tasks.size(); ++task)
      for (size_t edge = shrunk_.smallest.tasks[task].predecessors.size(); edge-- > 0;) {
        FuzzCase candidate = shrunk_.smallest;
        auto& predecessors = candidate.tasks[task].predecessors;
        predecessors.erase(predecessors.begin() + static_cast<std::ptrdiff_t>(edge));
        dropped |= accept(candidate);
      }
    return dropped;
  }

  bool make_plainer() {
    bool plainer = false;
    for (size_t task = 0; task < shrunk_.smallest.tasks.size(); ++task) {
      FuzzCase candidate = shrunk_.smallest;
      FuzzTask& plain = candidate.tasks[task];
      if (plain.bytes == 1000 && plain.seconds == 0.1 && plain.threads == 1) continue;
      plain.bytes = 1000;
      plain.seconds = 0.1;
      plain.threads = 1;
      plainer |= accept(candidate);
    }
    if (shrunk_.smallest.recorded) {
      FuzzCase candidate = shrunk_.smallest;
      candidate.recorded = false;
      plainer |= accept(candidate);
    }
    if (shrunk_.smallest.input_bytes > 0) {
      FuzzCase candidate = shrunk_.smallest;
      candidate.input_bytes = 0;
      plainer |= accept(candidate);
    }
    return plainer;
  }

  const FuzzTrial& trial_;
  Shrunk shrunk_;
};

}  // namespace

Shrunk shrink(const FuzzCase& failing, const std::vector<faults::FaultPoint>& struck,
              const FuzzTrial& trial) {
  return Shrinker(failing, trial).run(struck);
}

}  // namespace wukong::fuzz
