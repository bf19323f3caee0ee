#include "workloads/own_dags/dag_tables.h"

#include <algorithm>
#include <map>
#include <set>

#include "sim/base/check.h"
#include "workloads/csv/csv_reader.h"
#include "workloads/own_dags/edge_list.h"
#include "workloads/own_dags/size_text.h"
#include "workloads/own_dags/task_fields.h"
#include "workloads/own_dags/text_fields.h"

namespace wukong::own_dags {
namespace {

csv::CsvReader open(const InputFile& file) {
  ENSURE(file.content.has_value(), file.path);
  return csv::CsvReader(csv::text_file(file.path, *file.content));
}

std::vector<std::string> task_columns() {
  FieldKeys keys;
  TaskFields().visit(keys);
  keys.found.insert(keys.found.begin(), "name");
  return keys.found;
}

void read_tasks(const InputFile& file, Description& description) {
  csv::CsvReader csv = open(file);
  csv.refuse_columns_besides(task_columns());
  const csv::ColumnId name = csv.column("name");
  while (csv.next()) {
    Texts texts;
    for (size_t i = 0; i < csv.header().size(); ++i) {
      const std::string_view text = csv.text(csv::ColumnId(i));
      if (!text.empty()) texts.emplace(csv.header()[i], text);
    }
    const PlaceOf place = [&](std::string_view) { return csv.place(); };
    TextFields reader(texts, place);
    TaskFields fields;
    fields.visit(reader);
    description.tasks.push_back(described(csv.name(name), fields, place));
  }
}

std::string text_of(const csv::CsvReader& csv, std::optional<csv::ColumnId> column) {
  return column ? std::string(csv.text(*column)) : "";
}

void read_edges(const InputFile& file, Description& description) {
  csv::CsvReader csv = open(file);
  csv.refuse_columns_besides({"from", "to", "object", "bytes"});
  const csv::ColumnId from = csv.column("from");
  const csv::ColumnId to = csv.column("to");
  const auto object = csv.find_column("object");
  const auto bytes = csv.find_column("bytes");
  EdgeList edges(description);
  while (csv.next()) {
    Edge edge{text_of(csv, from),
              text_of(csv, to),
              text_of(csv, object),
              {},
              {csv.place().line, /*of_edges=*/true}};
    if (const std::string size = text_of(csv, bytes); !size.empty())
      edge.bytes = size_of(size, csv.place());
    edges.add(edge);
  }
}

std::string csv_text(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

std::string edge_row(const std::string& from, const std::string& to, const std::string& object,
                     const std::string& bytes) {
  return csv_text(from) + "," + csv_text(to) + "," + csv_text(object) + "," + bytes + "\n";
}

}  // namespace

void TablesParameters::visit(FieldVisitor& v) {
  v.about(
       "The tasks, a CSV file with a row for each; its columns are `name` and the keys of a task")
      .file("tasks", tasks);
  v.describe(
      "The edges, a CSV file with the columns from, to, object and bytes; none: `after` tells");
  v.optional("edges", edges, [&](InputFile& file) { v.file("edges", file); });
}

Description read_tables(const TablesParameters& parameters) {
  Description description;
  description.path = "workload.csv";
  description.file = parameters.tasks.path;
  read_tasks(parameters.tasks, description);
  if (parameters.edges) {
    description.edges_file = parameters.edges->path;
    read_edges(*parameters.edges, description);
  }
  return description;
}

dag::Dag make_dag_of_tables(const TablesParameters& parameters, dag::DagForm) {
  return build_dag(read_tables(parameters));
}

Tables to_tables(const Description& description) {
  std::vector<std::vector<std::pair<std::string, std::string>>> rows;
  std::vector<std::string> columns;
  for (const TaskDescription& task : description.tasks) {
    rows.push_back(texts_of(task));
    for (const auto& [key, value] : rows.back())
      if (std::find(columns.begin(), columns.end(), key) == columns.end()) columns.push_back(key);
  }
  Tables tables{"name", "from,to,object,bytes\n"};
  for (const std::string& column : columns) tables.tasks += "," + column;
  tables.tasks += "\n";
  for (size_t task = 0; task < rows.size(); ++task) {
    tables.tasks += csv_text(description.tasks[task].name);
    for (const std::string& column : columns) {
      tables.tasks += ",";
      for (const auto& [key, value] : rows[task])
        if (key == column) tables.tasks += csv_text(value);
    }
    tables.tasks += "\n";
  }
  const std::set<std::string> of_edges = edge_objects(description);
  std::map<std::string, const ObjectDescription*> carried;
  for (const ObjectDescription& object : description.objects)
    if (of_edges.contains(object.name))
      carried.emplace(object.name, &object);
    else
      tables.edges += edge_row(object.from, "", object.name, size_text(object.size));
  for (const TaskDescription& task : description.tasks)
    for (const Wait& wait : task.waits)
      if (const auto found = carried.find(wait.name); wait.is_object && found != carried.end())
        tables.edges +=
            edge_row(found->second->from, task.name, "", size_text(found->second->size));
      else
        tables.edges += wait.is_object ? edge_row("", task.name, wait.name, "")
                                       : edge_row(wait.name, task.name, "", "");
  return tables;
}

}  // namespace wukong::own_dags
