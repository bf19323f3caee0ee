#include "workloads/own_dags/dot.h"

#include <algorithm>
#include <map>
#include <set>

#include "sim/base/check.h"
#include "workloads/own_dags/dot_graph.h"
#include "workloads/own_dags/edge_list.h"
#include "workloads/own_dags/size_text.h"
#include "workloads/own_dags/task_fields.h"

namespace wukong::own_dags {
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

bool is_plain(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isdigit(c) != 0 || c == '.';
  });
}

const std::string* find(const Texts& attributes, std::string_view key) {
  const auto found = attributes.find(key);
  return found == attributes.end() ? nullptr : &found->second;
}

class DotReader {
 public:
  DotReader(const std::string& file, const std::string& text)
      : file_(file), graph_(read_dot_graph(file, text)) {
    description_.file = file;
    description_.path = "workload.dot";
  }

  Description read() {
    for (const DotNode& node : graph_.nodes)
      if (find(node.attributes, "object") == nullptr) add_task(node);
    EdgeList edges(description_);
    for (const DotNode& node : graph_.nodes) add_object_node(node);
    std::set<std::pair<size_t, size_t>> plain;  // a drawing may have two arrows
    for (const DotEdge& edge : graph_.edges) {
      const Edge meant = edge_of(edge);
      const bool bare = meant.object.empty() && !meant.bytes;
      if (!bare || plain.emplace(edge.from, edge.to).second) edges.add(meant);
    }
    add_lonely_objects();
    return std::move(description_);
  }

 private:
  ErrorPlace place(int line) const { return {file_, line, ""}; }

  void add_task(const DotNode& node) {
    const PlaceOf place_of = [&](std::string_view) { return place(node.line); };
    const Texts attributes = attributes_of(node);
    TextFields reader(attributes, place_of);
    TaskFields fields;
    fields.visit(reader);
    description_.tasks.push_back(described(node.id, fields, place_of));
    if (fields.out) with_result_.insert(node.id);
  }

  // A time in seconds takes the place of a default in milliseconds, too.
  static Texts attributes_of(const DotNode& node) {
    Texts attributes = node.defaults;
    for (const auto& [one, other] : {std::pair{"s", "ms"}, {"sleep_s", "sleep_ms"}})
      if (node.attributes.contains(one) || node.attributes.contains(other))
        attributes.erase(one), attributes.erase(other);
    for (const auto& [key, value] : node.attributes) attributes[key] = value;
    return attributes;
  }

  void add_object_node(const DotNode& node) {
    const std::string* const object = find(node.attributes, "object");
    if (object == nullptr) return;
    const std::string* const bytes = find(node.attributes, "bytes");
    if (bytes == nullptr)
      throw Error(place(node.line), "bytes=..., the size of the object", "none");
    objects_[node.id] = {*object, size_of(*bytes, place(node.line)), "", {node.line}};
  }

  // An edge to or from the node of an object is one of the object's ends.
  Edge edge_of(const DotEdge& edge) {
    Edge meant{graph_.nodes[edge.from].id, graph_.nodes[edge.to].id, "", {}, {edge.line}};
    const auto from = objects_.find(meant.from);
    const auto to = objects_.find(meant.to);
    if (from != objects_.end() && to != objects_.end())
      throw Error(place(edge.line), "an edge of a task", "one between two objects");
    if (from != objects_.end() || to != objects_.end()) {
      const auto node = from != objects_.end() ? from : to;
      connected_.insert(node->first);
      meant.object = node->second.name;
      (from != objects_.end() ? meant.from : meant.to) = "";
      meant.bytes = node->second.size;
      return meant;
    }
    if (const std::string* const object = find(*edge.attributes, "object")) meant.object = *object;
    if (const std::string* const bytes = find(*edge.attributes, "bytes"))
      meant.bytes = size_of(*bytes, place(edge.line));
    else if (meant.object.empty() && !with_result_.contains(meant.from))
      meant.bytes = labelled_size(edge);
    return meant;
  }

  // "1000 B" beside an arrow tells what it carries, unless its task says that.
  static std::optional<Bytes> labelled_size(const DotEdge& edge) {
    const std::string* const label = find(*edge.attributes, "label");
    if (label == nullptr || is_plain(*label)) return std::nullopt;
    const std::optional<Bytes> size = read_size(*label);
    return size && *size > Bytes(0) ? size : std::nullopt;
  }

  // Objects that nobody reads or writes.
  void add_lonely_objects() {
    for (const auto& [id, object] : objects_)
      if (!connected_.contains(id)) description_.objects.push_back(object);
  }

  const std::string& file_;
  DotGraph graph_;
  Description description_;
  std::set<std::string> with_result_;
  std::map<std::string, ObjectDescription> objects_;  // by the ids of their nodes
  std::set<std::string> connected_;
};

class DotWriter {
 public:
  explicit DotWriter(const Description& description)
      : description_(description), of_edges_(edge_objects(description)) {
    for (const TaskDescription& task : description.tasks) {
      tasks_.emplace(task.name, &task);
      for (const Wait& wait : task.waits)
        if (wait.is_object) read_.insert(wait.name);
    }
    for (const ObjectDescription& object : description.objects)
      objects_.emplace(object.name, &object);
  }

  std::string write(const std::string& graph_name) {
    text_ = "digraph " + quoted(graph_name) + " {\n  node [shape=box];\n";
    for (const TaskDescription& task : description_.tasks) write_task(task);
    for (const ObjectDescription& object : description_.objects)
      if (is_node(object)) write_object(object);
    for (const TaskDescription& task : description_.tasks)
      for (const Wait& wait : task.waits) write_edge(wait, task.name);
    return text_ + "}\n";
  }

 private:
  bool is_node(const ObjectDescription& object) const {
    return object.from.empty() || !read_.contains(object.name);
  }

  std::string node_of(const ObjectDescription& object) const {
    std::string id = "object " + object.name;
    while (tasks_.contains(id)) id += "'";
    return quoted(id);
  }

  void write_task(const TaskDescription& task) {
    std::string attributes;
    for (const auto& [key, value] : texts_of(task))
      attributes +=
          (attributes.empty() ? "" : ", ") + key + "=" + (is_plain(value) ? value : quoted(value));
    text_ += "  " + quoted(task.name) + (attributes.empty() ? "" : " [" + attributes + "]") + ";\n";
  }

  void write_object(const ObjectDescription& object) {
    text_ += "  " + node_of(object) + " [shape=ellipse, label=" + quoted(object.name) +
             ", object=" + quoted(object.name) + ", bytes=" + std::to_string(object.size.count()) +
             "];\n";
    if (!object.from.empty())
      text_ += "  " + quoted(object.from) + " -> " + node_of(object) + ";\n";
  }

  void write_edge(const Wait& wait, const std::string& reader) {
    const std::string to = " -> " + quoted(reader);
    const auto object = wait.is_object ? objects_.find(wait.name) : objects_.end();
    if (object != objects_.end() && is_node(*object->second)) {
      text_ += "  " + node_of(*object->second) + to + ";\n";
    } else if (object != objects_.end()) {
      text_ += "  " + quoted(object->second->from) + to + " [label=\"" +
               size_of_label(object->second->size) + "\"" +
               (of_edges_.contains(wait.name) ? "" : ", object=" + quoted(wait.name)) +
               ", bytes=" + std::to_string(object->second->size.count()) + "];\n";
    } else {
      const auto writer = tasks_.find(wait.name);
      ENSURE(!wait.is_object && writer != tasks_.end(), wait.name);
      const std::optional<Bytes> result = writer->second->out;
      text_ += "  " + quoted(wait.name) + to +
               (result ? " [label=\"" + size_of_label(*result) + "\"]" : "") + ";\n";
    }
  }

  // "5 MB", exactly.
  static std::string size_of_label(Bytes size) {
    std::string text = size_text(size);
    const size_t end_of_number = text.find_last_of("0123456789") + 1;
    text.insert(end_of_number, end_of_number == text.size() ? " B" : " ");
    return text;
  }

  const Description& description_;
  std::map<std::string, const TaskDescription*> tasks_;
  std::map<std::string, const ObjectDescription*> objects_;
  std::set<std::string> of_edges_;  // objects that need no name
  std::set<std::string> read_;      // objects
  std::string text_;
};

}  // namespace

void DotParameters::visit(FieldVisitor& v) {
  v.about(
       "The DAG, a file in Graphviz's DOT language, whose nodes may have a task's keys as "
       "attributes")
      .file("path", path);
}

Description read_dot(const std::string& file, const std::string& text) {
  return DotReader(file, text).read();
}

dag::Dag make_dag_of_dot(const DotParameters& parameters, dag::DagForm) {
  ENSURE(parameters.path.content.has_value());
  return build_dag(read_dot(parameters.path.path, *parameters.path.content));
}

std::string to_dot(const Description& description, const std::string& graph_name) {
  return DotWriter(description).write(graph_name);
}

}  // namespace wukong::own_dags
