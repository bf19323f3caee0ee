#include "bench/critical_path/wake_graph.h"

#include "sim/base/check.h"

namespace wukong::critical_path {

NodeRef::NodeRef(const NodeRef& other) : graph_(other.graph_), number_(other.number_) {
  if (graph_ != nullptr) graph_->keep(number_);
}

NodeRef::~NodeRef() {
  if (graph_ != nullptr) graph_->release(number_);
}

NodeRef WakeGraph::add(Time time, const NodeRef& before, const NodeRef& waker, const Wait& wait) {
  Node node{.time = time, .references = 1, .woken = static_cast<bool>(waker), .wait = wait};
  if (waker)
    node.previous = waker.number();
  else if (before)
    node.previous = before.number();
  if (node.previous != kNone) {
    keep(node.previous);
    ENSURE(nodes_[node.previous].time <= time, time.count_ns());
  }
  uint32_t number = 0;
  if (free_.empty()) {
    number = static_cast<uint32_t>(nodes_.size());
    ENSURE(number != kNone);
    nodes_.push_back(node);
  } else {
    number = free_.back();
    free_.pop_back();
    nodes_[number] = node;
  }
  return NodeRef(*this, number);
}

void WakeGraph::find(const NodeRef& node, const NodeRef& by) {
  if (!by || by.number() == node.number()) return;
  uint32_t& found = nodes_[node.number()].found;
  if (found != kNone && nodes_[found].time >= nodes_[by.number()].time) return;
  keep(by.number());
  const uint32_t before = std::exchange(found, by.number());
  if (before != kNone) release(before);
}

// A long chain goes link by link, not by a recursion.
void WakeGraph::release(uint32_t number) {
  released_.push_back(number);
  while (!released_.empty()) {
    const uint32_t next = released_.back();
    released_.pop_back();
    Node& node = nodes_[next];
    ENSURE(node.references > 0, next);
    if (--node.references > 0) continue;
    if (node.previous != kNone) released_.push_back(node.previous);
    if (node.found != kNone) released_.push_back(node.found);
    free_.push_back(next);
  }
}

}  // namespace wukong::critical_path
