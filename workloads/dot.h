// A Dag as Graphviz DOT text: tasks as boxes, edges labelled with the bytes that they carry.
#pragma once

#include <string>

#include "workloads/dag.h"

namespace wukong::workloads {

std::string to_dot(const Dag& dag, const std::string& graph_name);

}  // namespace wukong::workloads
