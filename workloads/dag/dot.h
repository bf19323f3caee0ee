// A Dag as Graphviz DOT text: tasks as boxes, edges labelled with the bytes that they carry.
#pragma once

#include <string>

#include "workloads/dag/dag.h"

namespace wukong::dag {

std::string to_dot(const Dag& dag, const std::string& graph_name);

}  // namespace wukong::dag
