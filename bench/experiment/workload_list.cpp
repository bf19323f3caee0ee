#include "bench/experiment/workload_list.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <vector>

#include "bench/parameters/field_list.h"
#include "bench/parameters/parameter_json.h"
#include "bench/text/json_text.h"
#include "bench/text/table.h"
#include "sim/base/error.h"

namespace wukong::experiment {
namespace {

namespace json = boost::json;
using workloads::Workload;

constexpr size_t kWidest = 78;  // of a line in a terminal of 80 columns
constexpr const char* kIndent = "      ";

std::vector<parameters::FieldInfo> fields_of(const Workload& workload) {
  const auto parameters = workload.make_parameters();
  return parameters::fields_of(*parameters);
}

const Workload& find(std::span<const Workload> workloads, const std::string& name) {
  std::vector<std::string_view> keys;
  for (const Workload& workload : workloads) {
    if (workload.key == name) return workload;
    keys.push_back(workload.key);
  }
  throw Error({}, fmt::format("a workload ({})", fmt::join(keys, ", ")),
              "\"" + name + "\"" + did_you_mean(name, keys));
}

std::string default_text(const parameters::FieldInfo& field) {
  return field.required ? "required" : parameters::to_text(field.fallback);
}

// The unit of a number that has one, and what may be written.
std::string type_text(const parameters::FieldInfo& field) {
  return field.unit.empty() ? field.type : fmt::format("{}, in {}", field.type, field.unit);
}

std::string sentence(std::string phrase) {
  if (phrase.front() >= 'a' && phrase.front() <= 'z') phrase.front() += 'A' - 'a';
  return phrase + ".";
}

// `text` in lines that are no wider than a terminal, each behind the indent.
std::string wrapped(const std::string& text) {
  std::string lines;
  std::string line;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = text.find(' ', begin);
    if (end == std::string::npos) end = text.size();
    const std::string word = text.substr(begin, end - begin);
    if (!line.empty() && std::string_view(kIndent).size() + line.size() + 1 + word.size() > kWidest)
      lines += kIndent + std::exchange(line, "") + "\n";
    line += (line.empty() ? "" : " ") + word;
    begin = end + 1;
  }
  return lines + kIndent + line + "\n";
}

std::string example_of(const Workload& workload) {
  return fmt::format("workload: {{{}: {}}}", workload.key, workload.example);
}

json::object document_of(const Workload& workload) {
  json::array parameters;
  for (const parameters::FieldInfo& field : fields_of(workload))
    parameters.push_back(json::object{{"key", field.key},
                                      {"type", field.type},
                                      {"unit", field.unit},
                                      {"required", field.required},
                                      {"default", parameters::to_json(field.fallback)},
                                      {"meaning", field.meaning}});
  return {{"key", workload.key},
          {"summary", workload.summary},
          {"example", example_of(workload)},
          {"parameters", std::move(parameters)}};
}

}  // namespace

std::string list_workloads(std::span<const Workload> workloads) {
  text::Table table({text::Table::Align::left, text::Table::Align::left});
  for (const Workload& workload : workloads)
    table.add_row({std::string(workload.key), std::string(workload.summary)});
  return table.to_text() +
         "\nMany of them on one account: jobs; a trace's invocations: trace (docs/loads.md)\n";
}

std::string show_workload(std::span<const Workload> workloads, const std::string& name) {
  const Workload& workload = find(workloads, name);
  std::string text = fmt::format("{}: {}\n", workload.key, workload.summary);
  for (const parameters::FieldInfo& field : fields_of(workload))
    text += fmt::format("\n  {} ({})\n", field.key,
                        field.required ? "required" : "default " + default_text(field)) +
            wrapped(sentence(field.meaning)) + wrapped(sentence(type_text(field)));
  return text + "\nExample:\n" + wrapped(example_of(workload));
}

std::string workloads_json(std::span<const Workload> workloads, const std::string& name) {
  if (!name.empty()) return text::to_json_text(document_of(find(workloads, name)));
  json::array documents;
  for (const Workload& workload : workloads) documents.push_back(document_of(workload));
  return text::to_json_text(documents);
}

namespace {

// For test/documents_run.py: what makes an example a whole experiment, or why it cannot be run.
std::string test_remark(std::span<const parameters::FieldInfo> fields) {
  for (const parameters::FieldInfo& field : fields)
    if (field.type == "a file") return "<!-- untested: it names a file of the reader's -->";
  return "<!-- test-with: platform: aws-2020; systems: [ideal] -->";
}

}  // namespace

std::string workloads_markdown(std::span<const Workload> workloads) {
  std::string text =
      "# Workloads\n\n"
      "What an experiment may name under `workload:`, with its parameters. `wukong workloads NAME` "
      "says the same in the terminal, and `wukong dag info --workload '{...}'` what a DAG becomes. "
      "Many of them on one account, and traces of invocations, are in [loads.md](loads.md). "
      "A key's unit is its end: `_s`, `_ms`, `_bytes`, `_kb`. (This file is written by `./dev "
      "golden` from the code that reads the parameters.)\n\n"
      "| workload | |\n|---|---|\n";
  for (const Workload& workload : workloads)
    text += fmt::format("| [`{0}`](#{0}) | {1} |\n", workload.key, workload.summary);
  for (const Workload& workload : workloads) {
    text += fmt::format(
        "\n## {}\n\n{}.\n\n{}\n```yaml\n{}\n```\n\n| key | value | default | meaning |\n"
        "|---|---|---|---|\n",
        workload.key, workload.summary, test_remark(fields_of(workload)), example_of(workload));
    for (const parameters::FieldInfo& field : fields_of(workload))
      text += fmt::format("| `{}` | {} | {} | {} |\n", field.key, type_text(field),
                          default_text(field), field.meaning);
  }
  return text;
}

}  // namespace wukong::experiment
