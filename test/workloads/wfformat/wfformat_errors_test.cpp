#include <filesystem>
#include <fstream>

#include "sim/base/error.h"
#include "test/catch.h"
#include "test/support/import_wfformat.h"
#include "test/support/test_data.h"
#include "workloads/wfformat/wfformat.h"

namespace wukong::wfformat {
namespace {

// Line 5 is the first task, line 9 the first file, line 12 the first measurement.
const char* const kValid = R"({
  "schemaVersion": "1.5",
  "workflow": {
    "specification": { "tasks": [
      {"name": "a", "id": "a_1", "parents": [], "children": [], "outputFiles": ["x"]},
      {"name": "b", "id": "b_2", "parents": ["a_1"], "inputFiles": ["x"], "outputFiles": ["y"]},
      {"name": "c", "id": "c_3", "parents": ["b_2"], "inputFiles": ["y"]}
    ], "files": [
      {"id": "x", "sizeInBytes": 10},
      {"id": "y", "sizeInBytes": 20}
    ]}, "execution": { "tasks": [
      {"id": "a_1", "runtimeInSeconds": 1, "coreCount": 1, "memoryInBytes": 7},
      {"id": "b_2", "runtimeInSeconds": 1},
      {"id": "c_3", "runtimeInSeconds": 1}
    ]}
  }
})";

const char* const kFlat = R"({
  "schemaVersion": "1.4",
  "workflow": { "tasks": [
    {"name": "a", "parents": [], "runtimeInSeconds": 1,
     "files": [{"name": "x", "sizeInBytes": 10, "link": "output"}]},
    {"name": "b", "parents": ["a"], "runtimeInSeconds": 1,
     "files": [{"name": "x", "sizeInBytes": 10, "link": "input"}]}
  ]}
})";

// The error's text, without the name of the file.
std::string error_of(const std::string& text) {
  try {
    parse_wfformat(text, "w.json");
  } catch (const Error& error) {
    const std::string message = error.what();
    CHECK(message.rfind("w.json", 0) == 0);
    CHECK(message.find('\n') == std::string::npos);
    CHECK(error.place().file == "w.json");
    return message.substr(6);
  }
  return "accepted";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t place = text.find(from);
  REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

std::string error_with(const std::string& from, const std::string& to) {
  return error_of(replaced(kValid, from, to));
}

}  // namespace

TEST_CASE("the workflow that the errors are made from is valid") {
  CHECK(error_of(kValid) == "accepted");
  CHECK(error_of(kFlat) == "accepted");
}

TEST_CASE("a file that is not there, a folder and an empty file are errors that say so") {
  const auto error_at = [](const std::string& path) -> std::string {
    try {
      test::import_wfformat(path);
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  };
  CHECK(error_at("no/such.json") == "no/such.json: expected a readable file, found no such file");
  const std::string folder = test::test_data("wfinstances");
  CHECK(error_at(folder) == folder + ": expected a readable file, found a folder");
  const auto empty = std::filesystem::temp_directory_path() / "wukong_empty_test.json";
  std::ofstream(empty).close();
  CHECK(error_at(empty.string()) ==
        empty.string() + ": expected a JSON document, found an empty file");
  std::filesystem::remove(empty);
  CHECK(error_of(" \n") == ": expected a JSON document, found an empty file");
}

TEST_CASE("text that is not JSON is an error at its line") {
  CHECK(
      error_with("\"name\": \"b\",", "\"name\" \"b\",") ==
      ":6: expected JSON, found syntax error at \"\"b\", \"id\": \"b_2\", \"parents\": [\"a_1\"], "
      "\"inputFiles\": [\"x\"], \"...\"");
  CHECK(error_of("\n\n\x01\x02").rfind(":3: expected JSON, found syntax error", 0) == 0);
  CHECK(error_of(std::string(kValid) + "\n}") == ":18: expected the end of the file, found \"}\"");
  CHECK(error_of(std::string(100, '[')).find("too deep") != std::string::npos);
}

TEST_CASE("truncated JSON is an error at its last line, wherever it ends") {
  const std::string valid = kValid;
  for (size_t length = 1; length < valid.size(); ++length) {
    const std::string message = error_of(valid.substr(0, length));
    INFO(valid.substr(0, length));
    CHECK(message.find("expected the rest of the JSON document, found the end of the file") !=
          std::string::npos);
  }
  CHECK(error_of(valid.substr(0, valid.find("\"b_2\""))).rfind(":6: ", 0) == 0);
}

TEST_CASE("another version, or none, is an error") {
  CHECK(error_with("\"1.5\"", "\"1.2\"") ==
        ":2: schemaVersion: expected WfFormat 1.3, 1.4, 1.5 or 1.6, found \"1.2\"");
  CHECK(error_with("\"1.5\"", "1.5") == ":2: schemaVersion: expected a text, found 1.5E0");
  CHECK(error_with("\"schemaVersion\"", "\"version\"") ==
        ":1: expected a member \"schemaVersion\", found none");
  CHECK(error_of("[]") == ":1: expected a map, found a list");
}

TEST_CASE("a cycle is an error that names its tasks") {
  CHECK(error_with("\"parents\": []", "\"parents\": [\"c_3\"]") ==
        ":5: workflow.specification.tasks[0]: expected no cycle, found a cycle: "
        "a_1 -> b_2 -> c_3 -> a_1");
  CHECK(error_with("\"parents\": [\"b_2\"]", "\"parents\": [\"c_3\"]") ==
        ":7: workflow.specification.tasks[2]: expected no cycle, found a cycle: c_3 -> c_3");
  // Through files alone: a reads y, which b writes.
  CHECK(
      error_with("\"outputFiles\": [\"x\"]", "\"inputFiles\": [\"y\"], \"outputFiles\": [\"x\"]") ==
      ":5: workflow.specification.tasks[0]: expected no cycle, found a cycle: a_1 -> b_2 -> a_1");
}

TEST_CASE("a long cycle is abbreviated") {
  std::string tasks;
  for (int i = 0; i < 30; ++i)
    tasks += std::string(i ? "," : "") + R"({"name": "t", "id": "t)" + std::to_string(i) +
             R"(", "parents": ["t)" + std::to_string((i + 29) % 30) + R"("]})";
  const std::string message = error_of(
      R"({"schemaVersion": "1.5", "workflow": {"specification": {"tasks": [)" + tasks + "]}}}");
  CHECK(message.find("... (20 more) ->") != std::string::npos);
}

TEST_CASE("a missing parent or child is an error at its line") {
  CHECK(error_with("[\"a_1\"]", "[\"zz\"]") ==
        ":6: workflow.specification.tasks[1].parents[0]: expected the id of a task, found \"zz\"");
  CHECK(error_with("\"children\": []", "\"children\": [\"zz\"]") ==
        ":5: workflow.specification.tasks[0].children[0]: expected the id of a task, found \"zz\"");
}

TEST_CASE("a duplicate id is an error at the second one") {
  CHECK(error_with("\"b_2\"", "\"a_1\"") ==
        ":6: workflow.specification.tasks[1].id: expected an id that no other task has, "
        "found \"a_1\"");
  CHECK(error_with("{\"id\": \"y\"", "{\"id\": \"x\"") ==
        ":10: workflow.specification.files[1].id: expected a file that was not listed before with "
        "another size, found \"x\" of 20 bytes, before of 10");
  CHECK(error_with("{\"id\": \"b_2\"", "{\"id\": \"a_1\"") ==
        ":13: workflow.execution.tasks[1].id: expected a task that was not listed before, "
        "found \"a_1\"");
}

TEST_CASE("a file that two tasks write is an error that names the other writer") {
  CHECK(error_with("[\"y\"]}\n", "[\"y\"], \"outputFiles\": [\"x\"]}\n") ==
        ":7: workflow.specification.tasks[2].outputFiles[0]: expected a file that no task writes "
        "yet, found \"x\", which a_1 writes");
}

TEST_CASE("a file that is not listed is an error, since its size is not known") {
  CHECK(error_with("\"inputFiles\": [\"y\"]", "\"inputFiles\": [\"zz\"]") ==
        ":7: workflow.specification.tasks[2].inputFiles[0]: expected a file of "
        "workflow.specification.files (missing_size_bytes makes up for it), found \"zz\"");
}

TEST_CASE("negative and absurd sizes, times, cores and memory are errors") {
  const std::string size =
      ":9: workflow.specification.files[0].sizeInBytes: expected a whole "
      "number from 0 to 1000000000000000, found ";
  CHECK(error_with("\"sizeInBytes\": 10", "\"sizeInBytes\": -1") == size + "-1");
  CHECK(error_with("\"sizeInBytes\": 10", "\"sizeInBytes\": 1.5") == size + "1.5E0");
  CHECK(error_with("\"sizeInBytes\": 10", "\"sizeInBytes\": 1e30") == size + "1E30");
  CHECK(error_with("\"sizeInBytes\": 10", "\"sizeInBytes\": 18446744073709551615") ==
        size + "18446744073709551615");
  CHECK(error_with("\"sizeInBytes\": 10", "\"sizeInBytes\": 1e999").find("found") !=
        std::string::npos);
  CHECK(error_with("\"sizeInBytes\": 10", "\"sizeInBytes\": \"10\"") == size + "\"10\"");
  const std::string time =
      ":12: workflow.execution.tasks[0].runtimeInSeconds: expected a number from 0 to 100000000, "
      "found ";
  CHECK(error_with("\"runtimeInSeconds\": 1", "\"runtimeInSeconds\": -2") == time + "-2");
  CHECK(error_with("\"runtimeInSeconds\": 1", "\"runtimeInSeconds\": 1000000000000") ==
        time + "1000000000000");
  CHECK(error_with("\"runtimeInSeconds\": 1", "\"runtimeInSeconds\": true") == time + "true");
  CHECK(error_with("\"coreCount\": 1", "\"coreCount\": 1000000000000") ==
        ":12: workflow.execution.tasks[0].coreCount: expected a number from 0 to 100000, found "
        "1000000000000");
  CHECK(error_with("\"memoryInBytes\": 7", "\"memoryInBytes\": -7")
            .rfind(":12: workflow.execution.tasks[0].memoryInBytes: expected a number from 0", 0) ==
        0);
}

TEST_CASE("values of the wrong type and missing members are errors") {
  CHECK(error_with("\"parents\": []", "\"parents\": {}") ==
        ":5: workflow.specification.tasks[0].parents: expected a list, found a map");
  CHECK(error_with("\"parents\": [], ", "") ==
        ":5: workflow.specification.tasks[0]: expected a member \"parents\", found none");
  CHECK(error_with("\"id\": \"a_1\", \"parents\"", "\"id\": 7, \"parents\"") ==
        ":5: workflow.specification.tasks[0].id: expected a text, found 7");
  CHECK(error_with("\"id\": \"a_1\", \"parents\"", "\"id\": \"\", \"parents\"") ==
        ":5: workflow.specification.tasks[0].id: expected an id, found \"\"");
  CHECK(error_with("{\"id\": \"c_3\", \"runtimeInSeconds\": 1}",
                   "{\"id\": \"zz\", \"runtimeInSeconds\": 1}") ==
        ":14: workflow.execution.tasks[2].id: expected the id of a task, found \"zz\"");
  CHECK(error_with(",\n      {\"id\": \"c_3\", \"runtimeInSeconds\": 1}", "") ==
        ":11: workflow.execution.tasks: expected a run time of each task, found none of \"c_3\"");
  CHECK(error_of(R"({"schemaVersion": "1.5", "workflow": {"specification": {"tasks": []}}})") ==
        ":1: workflow.specification.tasks: expected at least one task, found none");
}

TEST_CASE("a 1.4 file's errors are found too") {
  CHECK(error_of(replaced(kFlat, "\"link\": \"input\"", "\"link\": \"inout\"")) ==
        ":7: workflow.tasks[1].files[0].link: expected \"input\" or \"output\", found \"inout\"");
  CHECK(error_of(replaced(kFlat, "10, \"link\": \"input\"", "11, \"link\": \"input\"")) ==
        ":7: workflow.tasks[1].files[0].sizeInBytes: expected 10, the size that the file has "
        "elsewhere, found 11");
  CHECK(error_of(replaced(kFlat, "\"link\": \"input\"", "\"link\": \"output\"")) ==
        ":7: workflow.tasks[1].files[0].name: expected a file that no task writes yet, found "
        "\"x\", which a writes");
  CHECK(error_of(replaced(kFlat, "\"name\": \"b\"", "\"name\": \"a\"")) ==
        ":6: workflow.tasks[1].name: expected an id that no other task has, found \"a\"");
  CHECK(error_of(replaced(kFlat, "[\"a\"]", "[\"b\"]")) ==
        ":6: workflow.tasks[1]: expected no cycle, found a cycle: b -> b");
}

TEST_CASE("a command that is none is an error to whoever runs it, and to nobody else") {
  const std::string entry = "{\"id\": \"c_3\", \"runtimeInSeconds\": 1";
  const auto error_of_command = [&](const std::string& command) {
    const std::string text = replaced(kValid, entry, entry + ", \"command\": " + command);
    CHECK(error_of(text) == "accepted");
    WfformatParameters parameters;
    parameters.path = {"w.json", text};
    try {
      wfformat_commands(parameters);
    } catch (const Error& error) {
      return std::string(error.what()).substr(6);
    }
    return std::string("accepted");
  };
  CHECK(error_of_command(R"({"program": ""})") ==
        ":14: workflow.execution.tasks[2].command.program: expected a program's name, found \"\"");
  CHECK(error_of_command(R"({"program": "a", "arguments": [1]})") ==
        ":14: workflow.execution.tasks[2].command.arguments[0]: expected a text, found 1");
  CHECK(error_of_command(R"({"program": "a", "arguments": ["1"]})") == "accepted");
}

}  // namespace wukong::wfformat
