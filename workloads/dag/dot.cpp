#include "workloads/dag/dot.h"

#include <algorithm>

namespace wukong::dag {
namespace {

// DOT knows one escape in quoted strings that would change the text: the backslash before a quote.
// A backslash elsewhere starts a label's own escapes (\n, \l), so it is doubled too.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n')
      result += "\\n";
    else
      result += c;
  }
  return result + '"';
}

// What `after` reads of what `before` writes, each object once.
Bytes carried(const Dag& dag, TaskId before, TaskId after) {
  Bytes sum;
  for (const ObjectId object : dag.outputs(before)) {
    const auto consumers = dag.consumers(object);
    if (std::binary_search(consumers.begin(), consumers.end(), after))
      sum += dag.size(object).actual;
  }
  return sum;
}

}  // namespace

std::string to_dot(const Dag& dag, const std::string& graph_name) {
  std::string text = "digraph " + quoted(graph_name) + " {\n  node [shape=box];\n";
  for (const TaskId task : dag.tasks()) text += "  " + quoted(dag.name(task)) + ";\n";
  for (const TaskId task : dag.tasks()) {
    const std::string from = "  " + quoted(dag.name(task)) + " -> ";
    for (const TaskId successor : dag.successors(task))
      text += from + quoted(dag.name(successor)) + " [label=\"" +
              std::to_string(carried(dag, task, successor).count()) + " B\"];\n";
  }
  return text + "}\n";
}

}  // namespace wukong::dag
