#include <algorithm>
#include <string_view>

#include "workloads/own_dags/dag_parameters.h"
#include "workloads/own_dags/size_text.h"

namespace wukong::own_dags {
namespace {

// In double quotes, unless it is a plain word that YAML takes for nothing but a text.
std::string yaml_text(const std::string& text) {
  const auto plain = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == '/';
  };
  const bool starts_well = !text.empty() && ((text[0] >= 'a' && text[0] <= 'z') ||
                                             (text[0] >= 'A' && text[0] <= 'Z') || text[0] == '_');
  constexpr std::string_view kWords[] = {"none", "null", "true", "false", "source", "value"};
  if (starts_well && std::all_of(text.begin(), text.end(), plain) &&
      std::find(std::begin(kWords), std::end(kWords), text) == std::end(kWords))
    return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n')
      quoted += "\\n";
    else if (c == '\t')
      quoted += "\\t";
    else
      quoted += c;
  }
  return quoted + '"';
}

void add_list(std::string& line, const char* key, const std::vector<std::string>& names) {
  if (names.empty()) return;
  line += (line.empty() ? "" : ", ") + std::string(key) + ": [";
  for (size_t i = 0; i < names.size(); ++i) line += (i > 0 ? ", " : "") + yaml_text(names[i]);
  line += "]";
}

// Tasks come before objects where YAML has both; if the task reads in another order, everything
// that it reads is named as an object.
void add_waits(std::string& line, const TaskDescription& task,
               const std::vector<std::string>& results) {
  const auto has_result = [&](const Wait& wait) {
    return !wait.is_object && std::binary_search(results.begin(), results.end(), wait.name);
  };
  bool in_order = true;
  bool object_met = false;
  for (const Wait& wait : task.waits) {
    if (object_met && has_result(wait)) in_order = false;
    object_met = object_met || wait.is_object;
  }
  std::vector<std::string> after, reads;
  for (const Wait& wait : task.waits) {
    if (wait.is_object)
      reads.push_back(wait.name);
    else if (in_order || !has_result(wait))
      after.push_back(wait.name);
    else
      reads.push_back(result_name(wait.name));
  }
  add_list(line, "after", after);
  add_list(line, "reads", reads);
}

}  // namespace

std::string to_yaml(const Description& description) {
  std::vector<std::string> results;
  for (const TaskDescription& task : description.tasks)
    if (task.out) results.push_back(task.name);
  std::sort(results.begin(), results.end());
  std::string text = "tasks:\n";
  for (const TaskDescription& task : description.tasks) {
    std::string line;
    add_waits(line, task, results);
    for (const auto& [key, value] : texts_of(task))
      line += (line.empty() ? "" : ", ") + key + ": " + (key == "kind" ? yaml_text(value) : value);
    text += "  " + yaml_text(task.name) + ": {" + line + "}\n";
  }
  if (!description.objects.empty()) text += "objects:\n";
  for (const ObjectDescription& object : description.objects) {
    const std::string from = object.from.empty() ? "" : ", from: " + yaml_text(object.from);
    text += "  " + yaml_text(object.name) + ": {size: " + size_text(object.size) + from + "}\n";
  }
  return text;
}

}  // namespace wukong::own_dags
