// The parameters of an emulation: an experiment's section `emulation`. All have defaults.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::loop {

// What a recorded run time is made of where no command runs in its place. A task that sleeps,
// sleeps.
enum class FixedTime { sleep, busy };
constexpr std::string_view kFixedTimeNames[] = {"sleep", "busy"};

// Whether requests to stores also take the time of the platform's model.
enum class ModelledNetwork { none, modelled };
constexpr std::string_view kModelledNetworkNames[] = {"none", "modelled"};

// How a command gets a task's inputs and gives its outputs back.
enum class CommandStreams { files, streams };
constexpr std::string_view kCommandStreamsNames[] = {"files", "streams"};

// How the results of commands are verified: by running all of them again, one after another, or not
// at all beyond that they are there.
enum class CommandCheck { repeat, presence };
constexpr std::string_view kCommandCheckNames[] = {"repeat", "presence"};

// In `command`: each task runs the program that the workload's WfFormat file records for it.
inline constexpr std::string_view kRecorded = "recorded";

struct EmulationSpec {
  // Modelled delays (cold starts, API calls, a policy's own work) are so many times shorter on the
  // wall clock, and real work seems so many times longer.
  double speed = 1;
  std::optional<int64_t> workers;  // threads that run tasks; absent: one for each core
  // in-process, or the addresses of Redis servers: redis://127.0.0.1:6379,redis://127.0.0.1:6380
  std::string store = "in-process";
  ModelledNetwork network = ModelledNetwork::none;
  FixedTime fixed_time = FixedTime::sleep;
  // A fault: with this probability a task's container is killed while the task is in it.
  double container_kills = 0;
  // What each task runs: a command's words, or kRecorded. Absent: the workload's kernels.
  std::optional<std::string> command;
  // Whether a command is a line for /bin/sh, with its `>`, `2>` and `|`, rather than a program and
  // its arguments. Of a recorded one, that is its words with blanks between them.
  bool command_shell = false;
  CommandStreams command_io = CommandStreams::files;
  std::string command_folder = ".";  // where files are that exist before the run, and programs
  CommandCheck command_check = CommandCheck::repeat;

  void visit(FieldVisitor& v);
};

}  // namespace wukong::loop
