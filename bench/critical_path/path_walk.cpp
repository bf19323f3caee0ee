#include "bench/critical_path/path_walk.h"

#include <algorithm>

namespace wukong::critical_path {
namespace {

constexpr uint32_t kNone = WakeGraph::kNone;

// Whether it is a part of looking for something, or of waiting for the next look.
bool is_idle(const Wait& wait) {
  if (!wait.span) return true;
  switch (wait.span->kind) {
    case engine::SpanKind::wait:
    case engine::SpanKind::queue:
    case engine::SpanKind::metadata:
    case engine::SpanKind::function:
      return true;
    case engine::SpanKind::object:
      return std::string_view(wait.span->name) == "exists";
    default:
      return false;
  }
}

class Walk {
 public:
  Walk(const WakeGraph& graph, uint32_t last) : graph_(graph), node_(last), time_(time_of(last)) {}

  std::vector<Step> back_to_start() {
    while (true) {
      const WakeGraph::Node& node = graph_.node(node_);
      if (node.found != kNone && was_idle_since(time_of(node.found))) {
        go_back_to(time_of(node.found));
        node_ = node.found;
      } else if (node.previous != kNone) {
        go_back();
      } else {
        break;
      }
    }
    add(Time::zero(), std::nullopt);
    std::reverse(steps_.begin(), steps_.end());
    return std::move(steps_);
  }

 private:
  Time time_of(uint32_t node) const { return graph_.node(node).time; }

  bool was_idle_since(Time time) const {
    if (time >= time_) return false;
    uint32_t number = node_;
    while (time_of(number) > time) {
      const WakeGraph::Node& node = graph_.node(number);
      if (node.previous == kNone) return false;
      if (!node.woken && time_of(node.previous) < node.time && !is_idle(node.wait)) return false;
      number = node.previous;
    }
    return true;
  }

  void go_back() {
    const WakeGraph::Node& node = graph_.node(node_);
    add(time_of(node.previous), node.woken ? std::nullopt : std::optional(node.wait));
    node_ = node.previous;
  }
  void go_back_to(Time time) {
    while (time_of(graph_.node(node_).previous) > time) go_back();
    const WakeGraph::Node& node = graph_.node(node_);
    add(time, node.woken ? std::nullopt : std::optional(node.wait));
  }
  void add(Time begin, std::optional<Wait> wait) {
    if (begin == time_) return;
    steps_.push_back({begin, time_, std::move(wait)});
    time_ = begin;
  }

  const WakeGraph& graph_;
  uint32_t node_;
  Time time_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> walk_back(const WakeGraph& graph, const NodeRef& last) {
  return Walk(graph, last.number()).back_to_start();
}

}  // namespace wukong::critical_path
