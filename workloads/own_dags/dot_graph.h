// A graph in DOT, as its file says it: nodes and edges with their attributes, subgraphs
// dissolved.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "workloads/own_dags/text_fields.h"

namespace wukong::own_dags {

struct DotNode {
  std::string id;
  Texts defaults;    // of `node [...]` before its first mention
  Texts attributes;  // its own
  int line = 0;
};

struct DotEdge {
  size_t from;  // nodes
  size_t to;
  std::shared_ptr<const Texts> attributes;  // of all edges of a statement
  int line = 0;
};

struct DotGraph {
  std::vector<DotNode> nodes;  // in the order of their first mention
  std::vector<DotEdge> edges;
};

// Throws Error with file and line for what is no directed graph in DOT.
DotGraph read_dot_graph(const std::string& file, const std::string& text);

}  // namespace wukong::own_dags
