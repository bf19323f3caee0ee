#include "workloads/own_dags/dag_parameters.h"

#include <set>

namespace wukong::own_dags {
namespace {

constexpr const char* kPath = "workload.dag";

// As FieldVisitor::table, in the order of the file.
template <class Fields>
void visit_entries(FieldVisitor& v, std::string_view key,
                   std::vector<std::pair<std::string, Fields>>& entries) {
  std::set<std::string> known;
  for (const auto& [name, fields] : entries) known.insert(name);
  for (const std::string& name : v.keys(key))
    if (known.insert(name).second) entries.emplace_back(name, Fields());
  v.begin(key);
  for (auto& [name, fields] : entries) {
    v.begin(name);
    fields.visit(v);
    v.end();
  }
  v.end();
}

}  // namespace

void DagParameters::visit(FieldVisitor& v) {
  visit_entries(v, "tasks", tasks);
  visit_entries(v, "objects", objects);
}

dag::Dag make_dag(const DagParameters& parameters, dag::DagForm) {
  Description description;
  description.path = kPath;
  for (const auto& [name, fields] : parameters.tasks)
    description.tasks.push_back(described(name, fields, [&](std::string_view field) {
      return description.place({}, key_of("tasks", name, field));
    }));
  for (const auto& [name, fields] : parameters.objects)
    description.objects.push_back(described(name, fields, [&](std::string_view field) {
      return description.place({}, key_of("objects", name, field));
    }));
  return build_dag(description);
}

}  // namespace wukong::own_dags
