// The AWS Lambda API in front of real code: an HTTP server, the account's functions, the function
// service with its limits, its times and its prices on the wall clock, and real environments.
// Everything happens on one loop, in the thread that calls run().
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "runtime/http/http_message.h"
#include "runtime/lambda_api/limits.h"
#include "runtime/serving/fleet.h"

namespace boost::asio {
class io_context;
}  // namespace boost::asio

namespace wukong::control_plane {
class ControlPlane;
}  // namespace wukong::control_plane

namespace wukong::platform {
class Platform;
struct PlatformSpec;
}  // namespace wukong::platform

namespace wukong::serving {

class Activity;

struct ServerOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 0;  // zero: a free one
  std::string state;  // the state file; empty: none
  std::filesystem::path scratch;
  std::filesystem::path logs;
  std::filesystem::path destinations;  // of events, where they are no functions
  uint64_t seed = 1;
  // Lambda developer guide, "Init phase". (The original tries once more, within the call.)
  std::chrono::milliseconds initialization_limit{10'000};
  lambda_api::Limits limits;  // those of the platform and the endpoint are set by the server
  // Looks at a request before all else, and throws ApiError if its signature is not good. Empty:
  // nobody does.
  std::function<void(const http::Request&)> verify;
};

class Server {
 public:
  // Makes what makes environments, for the loop that the server runs on.
  using MakeFactory = std::function<MakeEnvironment(boost::asio::io_context&)>;

  // Listens from here on. The spec outlives the server. Throws Error, or std::runtime_error if it
  // cannot listen.
  Server(const platform::PlatformSpec& platform, const ServerOptions& options,
         const MakeFactory& make);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  const std::string& endpoint() const;

  // Answers what is below "/_wukong/"; whatever it gives no response to is not there.
  using Pages = std::function<std::optional<http::Response>(const http::Request&)>;
  void show(Pages pages);
  // Called about as often, while it runs.
  void each(Duration interval, std::function<void()> work);

  // Until SIGINT, SIGTERM or SIGHUP comes, or stop() is called; then no new connection is accepted,
  // and what runs comes to its end, unless a second signal comes. Returns the signal that ended it.
  std::optional<int> run();
  // In the loop, or before it runs.
  void stop();

  const control_plane::ControlPlane& control() const;
  platform::Platform& platform();
  const Activity& activity() const;
  size_t environments() const;  // real ones
  // The zip file of a version; nothing if there is none.
  std::optional<std::string> code(const std::string& function, const std::string& version) const;
  Time now() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace wukong::serving
