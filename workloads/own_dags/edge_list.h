// Edges as lists of them tell a DAG, each with what it carries: into what tasks wait for.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "workloads/own_dags/description.h"

namespace wukong::own_dags {

struct Edge {
  std::string from;    // empty: no task writes the object
  std::string to;      // empty: nobody reads it here
  std::string object;  // empty: what the edge carries has no name, or it carries nothing
  std::optional<Bytes> bytes;
  Line line;
};

// What an edge that carries something without a name is called.
std::string edge_name(const std::string& from, const std::string& to);

// The objects of a description that are called so and that the edge's end alone reads, once: they
// need no name where edges are listed.
std::set<std::string> edge_objects(const Description& description);

// Adds edges to the tasks of a description, and to its objects.
class EdgeList {
 public:
  explicit EdgeList(Description& description);

  // Throws Error, placed by its line, for an edge of no task and for objects that contradict one
  // another.
  void add(const Edge& edge);

 private:
  TaskDescription& task(const std::string& name, const Edge& edge) const;
  void add_object(const std::string& name, const Edge& edge);
  [[noreturn]] void fail(const Edge& edge, const std::string& expected,
                         const std::string& found) const;

  Description& description_;
  std::map<std::string, size_t, std::less<>> tasks_;
  std::map<std::string, size_t, std::less<>> objects_;
};

}  // namespace wukong::own_dags
