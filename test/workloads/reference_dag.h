// A second, naive way to describe a DAG, for tests to compare a generator with: blocks have names
// (a matrix's letter and indices), and a task follows whoever wrote the blocks that it reads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace wukong::test {

// A block's letters and indices, e.g. {'S', k, i, j}.
using BlockName = std::vector<int>;

class ReferenceDag {
 public:
  void task(const std::vector<BlockName>& reads, const std::vector<BlockName>& writes) {
    std::set<size_t> predecessors;
    size_t level = 0;
    for (const BlockName& block : reads) {
      const auto writer = writer_.find(block);
      if (writer == writer_.end()) continue;
      predecessors.insert(writer->second);
      level = std::max(level, levels_[writer->second]);
    }
    for (const BlockName& block : writes) writer_[block] = levels_.size();
    levels_.push_back(level + 1);
    edges_ += predecessors.size();
  }

  size_t tasks() const { return levels_.size(); }
  size_t edges() const { return edges_; }
  size_t depth() const { return *std::max_element(levels_.begin(), levels_.end()); }

 private:
  std::map<BlockName, size_t> writer_;
  std::vector<size_t> levels_;
  size_t edges_ = 0;
};

}  // namespace wukong::test
