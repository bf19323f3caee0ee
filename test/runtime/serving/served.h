// A server with fake environments on a port of its own, and a client's thread beside it.
#pragma once

#include <atomic>
#include <exception>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include "bench/experiment/preset_setup.h"
#include "runtime/serving/server.h"
#include "sim/platform/platform_spec.h"
#include "test/runtime/serving/fake_environment.h"
#include "test/runtime/serving/plain_client.h"

namespace wukong::test {

inline const std::string kFunctionsPath = "/2015-03-31/functions";

struct Served {
  explicit Served(const std::string& functions = "{}", const std::string& state = "")
      : platform(experiment::preset_platform("{preset: local, functions: " + functions + "}")) {
    folder = std::filesystem::temp_directory_path() /
             ("wukong-served-" + std::to_string(getpid()) + "-" + std::to_string(next_number()));
    options.state = state;
    options.scratch = folder;
    options.logs = folder / "logs";
    options.destinations = folder / "destinations";
    world.handler = [](const auto&, const environments::Event& event) {
      return answers(event.payload);
    };
  }
  ~Served() { std::filesystem::remove_all(folder); }

  // Serves until `client`, in a thread of its own, is done.
  void run(const std::function<void(serving::Server&, PlainClient&)>& client) {
    serving::Server server(platform, options, fake_environments(world));
    std::atomic<bool> done = false;
    std::exception_ptr failure;
    std::thread thread([&] {
      try {
        PlainClient connection(server.endpoint());
        client(server, connection);
      } catch (...) {
        failure = std::current_exception();
      }
      done = true;
    });
    server.each(Duration::milliseconds(5), [&] {
      if (work) std::exchange(work, nullptr)();
      if (done) server.stop();
    });
    server.run();
    thread.join();
    if (failure) std::rethrow_exception(failure);
  }

  platform::PlatformSpec platform;
  serving::ServerOptions options;
  FakeWorld world;
  std::filesystem::path folder;
  std::function<void()> work;  // for the loop, from the client; one at a time

 private:
  static int next_number() {
    static std::atomic<int> last = 0;
    return ++last;
  }
};

// Of a folder, so that nothing is unpacked.
inline Got create(PlainClient& client, const std::string& name, const std::string& more = "") {
  return client.call("POST", kFunctionsPath,
                     R"({"FunctionName": ")" + name +
                         R"(", "Runtime": "provided.al2023", "Handler": "h", "Timeout": 1,
                         "Role": "arn:aws:iam::000000000000:role/r",
                         "Code": {"S3Bucket": "file", "S3Key": "/tmp"})" +
                         more + "}");
}

inline Got invoke(PlainClient& client, const std::string& name, const std::string& payload = "{}",
                  const std::string& headers = "") {
  return client.call("POST", kFunctionsPath + "/" + name + "/invocations", payload, headers);
}

}  // namespace wukong::test
