#include "runtime/serving/server.h"

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <exception>
#include <random>
#include <utility>
#include <vector>

#include "runtime/control_plane/control_plane.h"
#include "runtime/function_state/state_file.h"
#include "runtime/http/http_server.h"
#include "runtime/lambda_api/api_error.h"
#include "runtime/lambda_api/function_url.h"
#include "runtime/lambda_api/route.h"
#include "runtime/loop/wall_clock.h"
#include "runtime/serving/account.h"
#include "runtime/serving/activity.h"
#include "runtime/serving/browser_guard.h"
#include "runtime/serving/code_store.h"
#include "runtime/serving/deployments.h"
#include "runtime/serving/invoke_door.h"
#include "sim/base/arithmetic.h"
#include "sim/base/random.h"
#include "sim/engine/engine.h"
#include "sim/functions/lambda_client.h"
#include "sim/platform/cloud.h"
#include "sim/platform/platform.h"
#include "sim/platform/platform_spec.h"

namespace wukong::serving {
namespace {

constexpr std::string_view kPagesPath = "/_wukong/";

lambda_api::Limits limits_of(const platform::PlatformSpec& platform, lambda_api::Limits limits) {
  const functions::LambdaSpec& functions = platform.functions;
  limits.account_concurrency = functions.account_concurrency;
  limits.unreserved_least = functions.unreserved_concurrency_least;
  limits.memory_mb_least = functions.environment.memory_mb_least;
  limits.memory_mb_most = functions.environment.memory_mb_most;
  limits.timeout_s_most = functions.environment.time_limit_most / Duration::seconds(1);
  limits.sync_payload = functions.invocation.sync_payload_limit.count();
  limits.async_payload = functions.invocation.async_payload_limit.count();
  limits.answer = functions.invocation.sync_response_limit.count();
  return limits;
}

// Identifiers differ from one server to the next: those of the account live longer than one.
uint64_t identifier_seed() {
  std::random_device device;
  return uint64_t{device()} << 32 | device();
}

bool is_this_machine(const std::string& peer) {
  return peer.rfind("127.", 0) == 0 || peer == "::1";
}

// A request that never reached the API.
http::Response refusal(int status) {
  if (status == 413)
    return lambda_api::ApiError(413, "RequestEntityTooLargeException",
                                "Request must be smaller than 70167211 bytes")
        .response();
  if (status >= 500)
    return lambda_api::ApiError(status, "ServiceException", "the server cannot take it now")
        .response();
  return lambda_api::ApiError(status, "BadRequestException", "no request that can be understood")
      .response();
}

// Thrown out of the engine's run() when the server has come to its end.
class Ended : public std::exception {};

}  // namespace

struct Server::Parts {
  Parts(const platform::PlatformSpec& spec, const ServerOptions& given, const MakeFactory& make)
      : options(given),
        limits(limits_of(spec, given.limits)),
        clock(1),
        engine(clock),
        platform(engine, spec, given.seed),
        random(identifier_seed(), "identifiers"),
        state(given.state),
        code(limits, state, given.scratch / "code"),
        fleet(engine, clock, make(clock.context()), given.initialization_limit),
        deployments(
            platform.lambda(), fleet, limits,
            {given.logs,
             [this](const lambda_api::CodePackage& package) { return code.folder_of(package); }}),
        account(state, code, deployments, random),
        http(clock.context(), {},
             [this](http::Request request, http::Answer answer) {
               engine.spawn(handle(std::move(request), std::move(answer)), "a request");
             },
             {.refusal = refusal, .admits = {}}) {
    platform.cloud().functions().furnish(&fleet);
    const uint16_t port = http.listen(options.address, options.port);
    const bool is_v6 = options.address.find(':') != std::string::npos;
    const std::string host = is_v6 ? "[" + options.address + "]" : options.address;
    limits.endpoint = "http://" + host + ":" + std::to_string(port);
    control.emplace(limits, account.restore(), account);
    door.emplace(InvokeDoor::Parts{{engine, clock, fleet, platform.lambda()},
                                   *control,
                                   account,
                                   deployments,
                                   activity,
                                   random,
                                   options.destinations});
  }
  ~Parts() { engine.clear(); }

  engine::Task<> handle(http::Request request, http::Answer answer);
  void answer_request(const http::Request& request, const std::string& id,
                      const http::Answer& answer);
  engine::Task<> serve();
  engine::Task<> tick(Duration interval, std::function<void()> work);
  void await_signal();
  bool is_busy() const { return platform.lambda().statistics().concurrency > 0 || !drained; }

  const ServerOptions options;
  lambda_api::Limits limits;
  loop::WallClock clock;
  engine::Engine engine;
  platform::Platform platform;
  RandomStream random;
  function_state::StateFile state;
  CodeStore code;
  Fleet fleet;
  Deployments deployments;
  Account account;
  Activity activity;
  std::optional<control_plane::ControlPlane> control;
  std::optional<InvokeDoor> door;
  Pages pages;
  http::HttpServer http;
  std::vector<std::pair<Duration, std::function<void()>>> regular;
  std::optional<boost::asio::signal_set> signals;
  std::optional<int> signal;  // the first one
  bool stopping = false;
  bool at_once = false;
  bool drained = false;
};

// A process of its own, so that it happens at the wall clock's time.
engine::Task<> Server::Parts::handle(http::Request request, http::Answer answer) {
  const std::string id = account.new_id();
  const http::Answer with_id = [id, answer](http::Response response) {
    response.headers.emplace_back("x-amzn-RequestId", id);
    answer(std::move(response));
  };
  try {
    answer_request(request, id, with_id);
  } catch (const lambda_api::ApiError& error) {
    with_id(error.response());
  } catch (const std::exception& error) {
    with_id(lambda_api::ApiError(500, "ServiceException", error.what()).response());
  }
  co_return;
}

void Server::Parts::answer_request(const http::Request& request, const std::string& id,
                                   const http::Answer& answer) {
  // A signature covers the host, and a page has no key.
  if (!options.verify && !is_from_here(request))
    throw lambda_api::ApiError(403, "AccessDeniedException",
                               "requests of web pages, and for hosts that are not this machine, "
                               "are not taken without --keys",
                               lambda_api::MessageKey::upper_case);
  // Whoever has to sign cannot do so in a browser: then the pages are for this machine alone.
  const bool sees_pages = !options.verify || is_this_machine(request.peer);
  if (request.target.compare(0, kPagesPath.size(), kPagesPath) == 0 && pages && sees_pages) {
    if (std::optional<http::Response> page = pages(request)) return answer(std::move(*page));
    throw lambda_api::unknown_operation(request.method, request.target);
  }
  if (lambda_api::is_url_target(request.target)) {
    const std::string url = lambda_api::url_target(request.target).id;
    if (options.verify && lambda_api::is_signed_url(control->functions(), url))
      options.verify(request);
    return door->invoke_url(request, id, answer);
  }
  if (options.verify) options.verify(request);
  const lambda_api::Route route = lambda_api::route_of(request);
  switch (route.operation) {
    case lambda_api::Operation::invoke:
    case lambda_api::Operation::invoke_async:
      return door->invoke(route, request, id, answer);
    default:
      return answer(control->answer(route, request));
  }
}

engine::Task<> Server::Parts::tick(Duration interval, std::function<void()> work) {
  while (true) {
    co_await engine.sleep(interval, "its next time");
    work();
  }
}

void Server::Parts::await_signal() {
  signals->async_wait([this](const boost::system::error_code& error, int number) {
    if (error) return;
    at_once = stopping;
    stopping = true;
    if (!signal) signal = number;
    await_signal();
  });
}

// Until it is to stop, and what runs has ended. Events that wait for their next try are lost:
// others may wait for hours, and so would the server.
engine::Task<> Server::Parts::serve() {
  constexpr Duration kLook = Duration::milliseconds(20);
  while (!stopping) co_await engine.sleep(kLook, "requests");
  http.drain([this] { drained = true; });
  while (is_busy() && !at_once) co_await engine.sleep(kLook, "what still runs");
  throw Ended();
}

Server::Server(const platform::PlatformSpec& platform, const ServerOptions& options,
               const MakeFactory& make)
    : parts_(std::make_unique<Parts>(platform, options, make)) {}

Server::~Server() = default;

const std::string& Server::endpoint() const { return parts_->limits.endpoint; }

void Server::show(Pages pages) { parts_->pages = std::move(pages); }

void Server::each(Duration interval, std::function<void()> work) {
  parts_->regular.emplace_back(interval, std::move(work));
}

std::optional<int> Server::run() {
  Parts& parts = *parts_;
  parts.signals.emplace(parts.clock.context(), SIGINT, SIGTERM, SIGHUP);
  parts.await_signal();
  for (auto& [interval, work] : parts.regular)
    parts.engine.spawn_daemon(parts.tick(interval, work), "regular work");
  const auto count = [&parts, second = int64_t{0}, last = Int128{0}]() mutable {
    const functions::ServiceLevels& levels = parts.platform.cloud().functions().levels();
    const Int128 running = levels.running.integral(parts.engine.now());
    const double mean = static_cast<double>(running - std::exchange(last, running)) * 1e-9;
    parts.activity.close_second(++second, mean, levels.environments.level());
  };
  parts.engine.spawn_daemon(parts.tick(Duration::seconds(1), count), "counts");
  parts.clock.start();
  parts.engine.spawn(parts.serve(), "server");
  try {
    parts.engine.run();
  } catch (const Ended&) {  // nobody is waited for any longer
  }
  parts.http.stop();
  parts.signals.reset();
  parts.engine.clear();
  parts.platform.settle();
  return parts.signal;
}

void Server::stop() { parts_->stopping = true; }

const control_plane::ControlPlane& Server::control() const { return *parts_->control; }
platform::Platform& Server::platform() { return parts_->platform; }
const Activity& Server::activity() const { return parts_->activity; }
size_t Server::environments() const { return parts_->fleet.size(); }
std::optional<std::string> Server::code(const std::string& function,
                                        const std::string& version) const {
  const auto found = parts_->control->functions().find(function);
  if (found == parts_->control->functions().end()) return std::nullopt;
  try {
    return parts_->state.code(
        control_plane::ControlPlane::version_of(parts_->limits, found->second, version).code.id);
  } catch (const lambda_api::ApiError&) {
    return std::nullopt;
  }
}

Time Server::now() const { return parts_->engine.now(); }

}  // namespace wukong::serving
