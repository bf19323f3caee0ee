#include <map>
#include <string_view>
#include <utility>

#include "sim/base/check.h"
#include "workloads/dag/dag_builder.h"
#include "workloads/dag/dense_kernels.h"
#include "workloads/dag/task_limit.h"
#include "workloads/dag/topological_order.h"
#include "workloads/own_dags/description.h"

namespace wukong::own_dags {
namespace {

using Numbers = std::map<std::string, size_t, std::less<>>;

std::string quoted_name(const std::string& name) { return "\"" + name + "\""; }

std::vector<std::string> names_in(const Numbers& numbers) {
  std::vector<std::string> names;
  for (const auto& [name, number] : numbers) names.push_back(name);
  return names;
}

class DescribedDag {
 public:
  explicit DescribedDag(const Description& description)
      : description_(description),
        results_(description.tasks.size()),
        inputs_(description.tasks.size()),
        written_(description.tasks.size()),
        predecessors_(description.tasks.size()) {}

  dag::Dag build() {
    number_tasks();
    number_objects();
    for (size_t task = 0; task < description_.tasks.size(); ++task) find_waits(task);
    const dag::TopologicalOrder sorted = dag::topological_order(predecessors_);
    if (!sorted.cycle.empty()) fail_cycle(sorted.cycle);
    return build_in(sorted.order);
  }

 private:
  struct Object {
    std::string name;
    Bytes size;
    std::optional<size_t> producer;
    ObjectId id = ObjectId::none();
  };

  [[noreturn]] void fail(const Line& line, const std::string& key, const std::string& expected,
                         const std::string& found) const {
    throw Error(description_.place(line, key), expected, found);
  }

  // Names stand in files, tables and on terminals, and not all of these have a way to write a
  // line's end or an escape.
  void check_name(const std::string& name, const Line& line, const std::string& key) const {
    if (name.empty()) fail(line, key, "a name", "an empty text");
    const bool printable = std::none_of(name.begin(), name.end(), [](char c) {
      return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
    });
    if (!printable) fail(line, key, "a name of printable characters", quoted_name(name));
  }

  void number_tasks() {
    if (description_.tasks.empty()) fail({}, "tasks", "at least one task", "none");
    for (const TaskDescription& task : description_.tasks) {
      check_name(task.name, task.line, "tasks");
      if (!tasks_.emplace(task.name, tasks_.size()).second)
        fail(task.line, key_of("tasks", task.name), "each task once",
             quoted_name(task.name) + " a second time");
    }
  }

  size_t add_object(Object object, const Line& line, const std::string& key) {
    check_name(object.name, line, key);
    if (!object_numbers_.emplace(object.name, objects_.size()).second)
      fail(line, key, "each object once, and none that is named as a task's own result or input",
           quoted_name(object.name) + " a second time");
    if (object.producer) written_[*object.producer].push_back(objects_.size());
    objects_.push_back(std::move(object));
    return objects_.size() - 1;
  }

  void number_objects() {
    for (size_t number = 0; number < description_.tasks.size(); ++number) {
      const TaskDescription& task = description_.tasks[number];
      const std::string key = key_of("tasks", task.name);
      if (task.in)
        inputs_[number] = add_object({input_name(task.name), *task.in, {}}, task.line, key);
      if (task.out)
        results_[number] = add_object({result_name(task.name), *task.out, number}, task.line, key);
    }
    for (const ObjectDescription& object : description_.objects) {
      std::optional<size_t> producer;
      if (!object.from.empty())
        producer = find(tasks_, object.from, object.line, key_of("objects", object.name, "from"),
                        "a task");
      add_object({object.name, object.size, producer}, object.line, key_of("objects", object.name));
    }
  }

  size_t find(const Numbers& numbers, const std::string& name, const Line& line,
              const std::string& key, const std::string& expected) const {
    const auto found = numbers.find(name);
    if (found == numbers.end())
      fail(line, key, expected, quoted_name(name) + did_you_mean(name, names_in(numbers)));
    return found->second;
  }

  void find_waits(size_t number) {
    const TaskDescription& task = description_.tasks[number];
    reads_.emplace_back();
    std::map<std::string_view, bool> met;  // tasks; whoever reads an object twice may mean that
    for (const Wait& wait : task.waits) {
      const std::string key = key_of("tasks", task.name, wait.is_object ? "reads" : "after");
      if (wait.is_object) {
        read(number, find(object_numbers_, wait.name, wait.line, key, "an object"));
        continue;
      }
      const size_t before = find(tasks_, wait.name, wait.line, key, "a task");
      if (!met.emplace(wait.name, true).second)
        fail(wait.line, key, "each task once", quoted_name(wait.name) + " a second time");
      if (results_[before])
        read(number, *results_[before]);
      else
        predecessors_[number].push_back(before);
    }
    if (inputs_[number]) read(number, *inputs_[number]);
  }

  void read(size_t task, size_t object) {
    reads_[task].push_back(object);
    if (objects_[object].producer) predecessors_[task].push_back(*objects_[object].producer);
  }

  [[noreturn]] void fail_cycle(const std::vector<size_t>& cycle) const {
    constexpr size_t kMost = 10;
    std::string text = "a cycle: ";
    for (size_t i = 0; i < cycle.size() && i < kMost; ++i)
      text += description_.tasks[cycle[i]].name + " -> ";
    if (cycle.size() > kMost) text += "... (" + std::to_string(cycle.size() - kMost) + " more) -> ";
    const TaskDescription& first = description_.tasks[cycle.front()];
    fail(first.line, key_of("tasks", first.name), "no cycle", text + first.name);
  }

  dag::Dag build_in(const std::vector<size_t>& order) {
    dag::DagBuilder builder;
    for (Object& object : objects_)
      if (!object.producer) object.id = builder.add_input(dag::as_declared(object.size));
    std::vector<TaskId> ids(order.size());
    for (const size_t number : order) {
      const TaskDescription& task = description_.tasks[number];
      std::vector<ObjectId> inputs;
      for (const size_t object : reads_[number]) inputs.push_back(objects_[object].id);
      std::vector<ObjectSize> outputs;
      for (const size_t object : written_[number])
        outputs.push_back(dag::as_declared(objects_[object].size));
      const std::string kind = task.kind.empty() ? kind_of_name(task.name) : task.kind;
      ids[number] = builder.add_task(builder.add_kind(kind, task.cost), inputs, outputs);
      builder.set_name(ids[number], task.name);
      size_t next = 0;
      for (const ObjectId output : builder.outputs(ids[number]))
        objects_[written_[number][next++]].id = output;
      for (const size_t before : predecessors_[number]) builder.add_edge(ids[before], ids[number]);
    }
    for (const Object& object : objects_) builder.set_name(object.id, object.name);
    add_remarks(builder);
    return builder.build();
  }

  void add_remarks(dag::DagBuilder& builder) const {
    std::vector<bool> connected(predecessors_.size());
    std::vector<bool> used(objects_.size());
    size_t instant = 0;
    for (size_t task = 0; task < predecessors_.size(); ++task) {
      for (const size_t before : predecessors_[task]) connected[task] = connected[before] = true;
      for (const size_t object : reads_[task]) used[object] = true;
      const hosts::TaskCost& cost = description_.tasks[task].cost;
      instant += cost.sleep == Duration::zero() && cost.recorded == Duration::zero() &&
                 cost.flops == 0 && cost.touched == Bytes(0);
    }
    size_t unconnected = 0, unused = 0;
    for (const bool is : connected) unconnected += is ? 0 : 1;
    for (size_t object = 0; object < used.size(); ++object)
      unused += used[object] || objects_[object].producer ? 0 : 1;
    std::string text;
    const auto add = [&](size_t count, size_t all, const char* what) {
      if (count == 0) return;
      text +=
          (text.empty() ? "" : ", ") + std::to_string(count) + " of " + std::to_string(all) + what;
    };
    const size_t tasks = predecessors_.size();
    if (tasks > 1) add(unconnected, tasks, " tasks without edges");
    add(instant, tasks, " tasks that take no time");
    add(unused, objects_.size(), " objects that no task reads or writes");
    if (text.empty()) return;
    builder.add_remark((description_.file.empty() ? description_.path : description_.file) + ": " +
                       text);
  }

  const Description& description_;
  Numbers tasks_, object_numbers_;
  std::vector<Object> objects_;
  std::vector<std::optional<size_t>> results_, inputs_;  // objects, of each task
  std::vector<std::vector<size_t>> written_, reads_;     // objects, of each task
  std::vector<std::vector<size_t>> predecessors_;        // tasks, of each task
};

}  // namespace

ErrorPlace Description::place(const Line& line, const std::string& key) const {
  if (file.empty()) return {"", 0, path + "." + key};
  return {line.of_edges ? edges_file : file, line.number, ""};
}

std::string key_of(std::string_view table, const std::string& name, std::string_view field) {
  const bool quote = name.empty() || name.find('.') != std::string::npos;
  std::string key = std::string(table) + "." + (quote ? quoted_name(name) : name);
  return field.empty() ? key : key + "." + std::string(field);
}

std::string kind_of_name(const std::string& name) {
  size_t end = name.find_last_not_of("0123456789");
  if (end == std::string::npos || end + 1 == name.size()) return name;
  end = name.find_last_not_of("-_.:# ", end);
  return end == std::string::npos ? name : name.substr(0, end + 1);
}

std::string result_name(const std::string& task) { return task + ".out"; }
std::string input_name(const std::string& task) { return task + ".in"; }

dag::Dag build_dag(const Description& description) {
  dag::check_task_count(description.path, static_cast<double>(description.tasks.size()));
  return DescribedDag(description).build();
}

}  // namespace wukong::own_dags
