#include "workloads/own_dags/edge_list.h"

#include "workloads/own_dags/size_text.h"

namespace wukong::own_dags {

std::string edge_name(const std::string& from, const std::string& to) { return from + "->" + to; }

std::set<std::string> edge_objects(const Description& description) {
  std::map<std::string, std::vector<std::string>> readers;
  for (const TaskDescription& task : description.tasks)
    for (const Wait& wait : task.waits)
      if (wait.is_object) readers[wait.name].push_back(task.name);
  std::set<std::string> names;
  for (const ObjectDescription& object : description.objects)
    if (const std::vector<std::string>& its = readers[object.name];
        !object.from.empty() && its.size() == 1 && object.name == edge_name(object.from, its[0]))
      names.insert(object.name);
  return names;
}

EdgeList::EdgeList(Description& description) : description_(description) {
  for (const TaskDescription& task : description.tasks) tasks_.emplace(task.name, tasks_.size());
}

void EdgeList::fail(const Edge& edge, const std::string& expected, const std::string& found) const {
  throw Error(description_.place(edge.line, "edges"), expected, found);
}

TaskDescription& EdgeList::task(const std::string& name, const Edge& edge) const {
  const auto found = tasks_.find(name);
  if (found != tasks_.end()) return description_.tasks[found->second];
  std::vector<std::string> names;
  for (const auto& [its, number] : tasks_) names.push_back(its);
  fail(edge, "a task", "\"" + name + "\"" + did_you_mean(name, names));
}

void EdgeList::add(const Edge& edge) {
  if (!edge.from.empty()) task(edge.from, edge);
  std::string object = edge.object;
  if (object.empty() && edge.bytes) object = edge_name(edge.from, edge.to);
  if (object.empty()) {
    if (edge.from.empty() || edge.to.empty())
      fail(edge, "an object, or a task at both ends of the edge", "neither");
    task(edge.to, edge).waits.push_back({false, edge.from, edge.line});
    return;
  }
  if (edge.bytes) add_object(object, edge);
  if (!edge.to.empty()) task(edge.to, edge).waits.push_back({true, object, edge.line});
}

void EdgeList::add_object(const std::string& name, const Edge& edge) {
  const auto [known, is_new] = objects_.emplace(name, description_.objects.size());
  if (is_new) {
    description_.objects.push_back({name, *edge.bytes, edge.from, edge.line});
    return;
  }
  ObjectDescription& object = description_.objects[known->second];
  if (edge.object.empty())
    fail(edge, "each edge once, or objects with names", "\"" + name + "\" a second time");
  if (object.size != *edge.bytes)
    fail(edge, size_text(object.size) + ", the size that the object has elsewhere",
         size_text(*edge.bytes));
  if (object.from.empty()) object.from = edge.from;
  if (!edge.from.empty() && object.from != edge.from)
    fail(edge, "an object of one task",
         "\"" + name + "\" of \"" + object.from + "\" and of \"" + edge.from + "\"");
}

}  // namespace wukong::own_dags
