#include "test/runtime/environments/environment_house.h"

#include <dirent.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "test/catch.h"

namespace wukong::environments {

// Without the site module, and with no more than a socket: it starts in 10 ms.
const char* const kBootstrapBegin = R"(#!/usr/bin/env -S python3 -S -E
import os, socket, sys
host, port = os.environ["AWS_LAMBDA_RUNTIME_API"].split(":")
api = socket.create_connection((host, int(port)))
reader = api.makefile("rb")
def ask(method, path, body=b"", at="runtime/", headers=""):
    head = f"{method} /2018-06-01/{at}{path} HTTP/1.1\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    api.sendall(head.encode() + body)
    status = int(reader.readline().split()[1])
    answered = {}
    while (line := reader.readline().strip()):
        name, _, value = line.partition(b": ")
        answered[name.lower().decode()] = value.decode()
    return status, answered, reader.read(int(answered["content-length"]))
def next_call():
    _, headers, body = ask("GET", "invocation/next")
    return headers["lambda-runtime-aws-request-id"], body
def say(path, body=b"", **more):
    return ask("POST", path, body, **more)[0]
)";

namespace {

void write_text(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

EnvironmentHouse::EnvironmentHouse(const ProcessLimits& limits)
    : environments(
          std::make_unique<ProcessEnvironments>(loop, scratch.path() / "scratch", limits)) {}

EnvironmentSpec EnvironmentHouse::function(const std::string& name,
                                           const std::string& after_begin) {
  EnvironmentSpec spec =
      function("provided.al2023", name + "/bootstrap", kBootstrapBegin + after_begin);
  spec.function_name = name;
  spec.code_folder = folder() / "code" / name;
  std::filesystem::permissions(spec.code_folder / "bootstrap", std::filesystem::perms::owner_all);
  return spec;
}

EnvironmentSpec EnvironmentHouse::function(const std::string& runtime, const std::string& file,
                                           const std::string& text) {
  write_text(folder() / "code" / file, text);
  EnvironmentSpec spec;
  spec.function_name = "f";
  spec.arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
  spec.runtime = runtime;
  spec.handler = "index.handler";
  spec.code_folder = folder() / "code";
  spec.log_folder = folder() / "logs";
  return spec;
}

void EnvironmentHouse::wait_until(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    loop.restart();
    loop.run_one_for(std::chrono::milliseconds(5));
    if (std::chrono::steady_clock::now() > end) FAIL("nothing has happened for 20 seconds");
  }
}

std::unique_ptr<EnvironmentHouse::Running> EnvironmentHouse::start(const EnvironmentSpec& spec) {
  auto running = std::make_unique<Running>();
  running->environment = environments->make(spec);
  bool ready = false;
  running->environment->start(
      [&](Started started) {
        running->started = std::move(started);
        ready = true;
      },
      [raw = running.get()] { raw->gone = true; });
  wait_until([&] { return ready; });
  return running;
}

Outcome EnvironmentHouse::invoke(Running& running, const std::string& payload) {
  std::optional<Outcome> outcome;
  running.environment->invoke(event_of("request-" + std::to_string(++calls), payload),
                              [&](Outcome end) { outcome = std::move(end); });
  wait_until([&] { return outcome.has_value(); });
  return *outcome;
}

Outcome EnvironmentHouse::answer(const EnvironmentSpec& spec, const std::string& payload) {
  const auto running = start(spec);
  return running->started.failure ? *running->started.failure : invoke(*running, payload);
}

void EnvironmentHouse::wait_gone(const Running& running) {
  wait_until([&] { return running.gone; });
}

std::string EnvironmentHouse::logs() const {
  std::string text;
  for (const auto& entry : std::filesystem::directory_iterator(folder() / "logs"))
    text += text_of(entry.path());
  return text;
}

Event event_of(const std::string& request_id, const std::string& payload) {
  Event event;
  event.request_id = request_id;
  event.payload = payload;
  event.deadline = std::chrono::system_clock::now() + std::chrono::seconds(3);
  event.invoked_arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
  return event;
}

std::vector<pid_t> processes_with(const std::string& variable) {
  std::vector<pid_t> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name[0] < '1' || name[0] > '9') continue;
    if (text_of(entry.path() / "environ").find(variable) == std::string::npos) continue;
    found.push_back(static_cast<pid_t>(std::strtol(name.c_str(), nullptr, 10)));
  }
  return found;
}

bool stands_still(pid_t process) {
  const std::filesystem::path folder = "/proc/" + std::to_string(process);
  const std::string stat = text_of(folder / "stat");
  const size_t name_end = stat.rfind(')');
  if (name_end != std::string::npos && stat.at(name_end + 2) == 'T') return true;
  std::istringstream groups(text_of(folder / "cgroup"));
  for (std::string line; std::getline(groups, line);)
    for (const char* mount : {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"})
      if (line.compare(0, 3, "0::") == 0 &&
          text_of(mount + line.substr(3) + "/cgroup.events").find("frozen 1") != std::string::npos)
        return true;
  return false;
}

}  // namespace wukong::environments
