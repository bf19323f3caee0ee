// Why each process of a run went on when it did: a node for each time that one was resumed, with
// what came before it and what was waited for in between. Only what can still be on the way to the
// run's end is kept: a node goes when nobody refers to it any more.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sim/base/time.h"
#include "sim/engine/span_sink.h"

namespace wukong::critical_path {

// What a process waited in: its innermost span, if it was in one, and the reason that it gave the
// engine.
struct Wait {
  std::optional<engine::SpanStart> span;
  const char* reason = "";
};

class WakeGraph;

// Keeps a node, and whatever leads to it. A null one keeps nothing.
class NodeRef {
 public:
  NodeRef() = default;
  NodeRef(const NodeRef& other);
  NodeRef(NodeRef&& other) noexcept
      : graph_(std::exchange(other.graph_, nullptr)), number_(other.number_) {}
  NodeRef& operator=(NodeRef other) noexcept {
    std::swap(graph_, other.graph_);
    std::swap(number_, other.number_);
    return *this;
  }
  ~NodeRef();

  explicit operator bool() const { return graph_ != nullptr; }
  uint32_t number() const { return number_; }

 private:
  friend class WakeGraph;
  NodeRef(WakeGraph& graph, uint32_t number) : graph_(&graph), number_(number) {}
  WakeGraph* graph_ = nullptr;
  uint32_t number_ = 0;
};

class WakeGraph {
 public:
  static constexpr uint32_t kNone = 0xffffffff;

  struct Node {
    Time time;
    uint32_t previous = kNone;  // none: nobody has caused it
    uint32_t found = kNone;     // who had left what was found here, the latest of them
    uint32_t references = 0;    // 0: free
    bool woken = false;         // `previous` is another process, which has woken this one
    Wait wait;                  // since `previous`, unless it was woken
  };

  WakeGraph() = default;
  WakeGraph(const WakeGraph&) = delete;
  WakeGraph& operator=(const WakeGraph&) = delete;

  // The node of a process that goes on now. At most one of the two may be given.
  NodeRef add(Time time, const NodeRef& before, const NodeRef& waker, const Wait& wait);
  // What `by` had left was found in `node`.
  void find(const NodeRef& node, const NodeRef& by);

  const Node& node(uint32_t number) const { return nodes_[number]; }
  size_t size() const { return nodes_.size() - free_.size(); }

 private:
  friend class NodeRef;
  void keep(uint32_t number) { ++nodes_[number].references; }
  void release(uint32_t number);

  std::vector<Node> nodes_;
  std::vector<uint32_t> free_;
  std::vector<uint32_t> released_;  // that still have to let go what leads to them
};

}  // namespace wukong::critical_path
