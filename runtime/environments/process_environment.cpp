#include "runtime/environments/process_environment.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "runtime/environments/environment_variables.h"
#include "runtime/environments/log_lines.h"
#include "runtime/environments/runtime_clients.h"
#include "runtime/environments/shared_processes.h"
#include "runtime/supervision/process_memory.h"
#include "sim/base/check.h"

namespace wukong::environments {

using boost::system::error_code;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;
using supervision::KeeperMessage;

namespace {

constexpr double kMegabytesOfOneCore = 1769;  // docs.aws.amazon.com/lambda, "Configure memory"

constexpr std::chrono::milliseconds kTimeBeforeRest{5};
constexpr std::chrono::milliseconds kTimeBetweenLooks{100};

Outcome no_entry_point(const std::string& message) {
  Outcome outcome;
  outcome.kind = OutcomeKind::init_failed;
  outcome.error_type = "Runtime.InvalidEntrypoint";
  outcome.error_message = message;
  outcome.ends_environment = true;
  return outcome;
}

// Both ends of a pair of descriptors, closed with it unless they are taken.
struct Ends {
  Ends() = default;
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;
  ~Ends() {
    for (const int end : ends)
      if (end >= 0) close(end);
  }
  int take(size_t which) { return std::exchange(ends[which], -1); }
  std::array<int, 2> ends = {-1, -1};
};

http::HttpLimits limits_of_runtime_api() {
  http::HttpLimits limits;
  limits.body_bytes = size_t{16} << 20;  // more than an answer may have, so that it is counted
  limits.all_bodies_bytes = 2 * limits.body_bytes;
  limits.connections = 64;
  limits.idle_time = std::chrono::hours(24);
  return limits;
}

}  // namespace

ProcessEnvironment::ProcessEnvironment(std::shared_ptr<ProcessEnvironments::Shared> shared,
                                       EnvironmentSpec spec)
    : shared_(std::move(shared)),
      spec_(std::move(spec)),
      folder_(shared_->root / fmt::format("{}", ++shared_->made)),
      log_stream_(new_log_stream(spec_.version)),
      control_(shared_->loop),
      output_(shared_->loop),
      api_({.on_next = [this] { asked_for_call(); },
            .on_outcome = [this](Outcome outcome) { end_call(std::move(outcome)); },
            .on_init_error = [this](Outcome outcome) { fail(std::move(outcome)); }}),
      rest_timer_(shared_->loop) {}

ProcessEnvironment::~ProcessEnvironment() {
  server_.reset();
  if (control_.is_open()) {
    signal_group(SIGKILL);
    shared_->bury(control_.release(), folder_);
  }
}

template <class Callback>
void ProcessEnvironment::call_later(Callback callback) {
  boost::asio::post(shared_->loop,
                    [alive = std::weak_ptr(alive_), callback = std::move(callback)]() mutable {
                      if (!alive.expired()) callback();
                    });
}

void ProcessEnvironment::start(std::function<void(Started)> on_ready,
                               std::function<void()> on_gone) {
  ENSURE(!on_gone_ && "an environment starts once");
  on_ready_ = std::move(on_ready);
  on_gone_ = std::move(on_gone);
  started_at_ = steady_clock::now();
  try {
    launch();
  } catch (const std::exception& error) {
    end_start(no_entry_point(error.what()));
    gone();
  }
}

void ProcessEnvironment::launch() {
  const RuntimeProgram program =
      runtime_program(spec_.runtime, {.code = spec_.code_folder, .clients = shared_->clients()},
                      shared_->search_path);
  if (!program.missing.empty()) throw std::runtime_error(program.missing);
  std::filesystem::create_directories(folder_ / "tmp");
  std::filesystem::create_directories(spec_.log_folder);
  log_.emplace(spec_.log_folder / file_of_stream(log_stream_), shared_->limits.log_bytes,
               shared_->log_budget);
  server_.emplace(
      shared_->loop, limits_of_runtime_api(),
      [this](http::Request request, http::Answer answer) {
        api_.handle(std::move(request), std::move(answer));
      },
      http::HttpHooks{.refusal =
                          [this](int status) {
                            if (status == 413) api_.refused_body();
                            return http::Response{.status = status};
                          },
                      .admits = [this](int socket) { return admits(socket); }});
  const uint16_t port = server_->listen("127.0.0.1", 0);
  if (shared_->groups)
    group_ = shared_->groups->group(
        folder_.filename(), {.memory_bytes = static_cast<uint64_t>(spec_.memory_mb) << 20,
                             .cores = static_cast<double>(spec_.memory_mb) / kMegabytesOfOneCore});
  Ends control;
  Ends output;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control.ends.data()) != 0 ||
      pipe2(output.ends.data(), O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot start a process");
  control_.assign(boost::asio::generic::seq_packet_protocol(AF_UNIX, 0), control.take(0));
  control_.native_non_blocking(true);
  output_.assign(output.take(0));
  output_.native_non_blocking(true);
  const EnvironmentPlace place{.runtime_api = fmt::format("127.0.0.1:{}", port),
                               .log_stream = log_stream_,
                               .clients = shared_->clients(),
                               .scratch = folder_,
                               .search_path = shared_->search_path};
  shared_->supervisor.launch(
      {.folder = spec_.code_folder,
       .words = program.words,
       .variables = environment_variables(spec_, place),
       .memory_bytes = shared_->limits_memory() ? 0 : static_cast<uint64_t>(spec_.memory_mb) << 20,
       .group = group_ ? group_->folder() : std::filesystem::path(),
       .control = control.take(1),
       .output = output.take(1)});
  await_control();
  await_output();
}

bool ProcessEnvironment::admits(int socket) {
  if (keeper_ == 0) read_control();
  return shared_->may_connect(socket, keeper_, leader_);
}

void ProcessEnvironment::await_control() {
  control_.async_wait(boost::asio::socket_base::wait_read,
                      [this, alive = std::weak_ptr(alive_)](const error_code& error) {
                        if (error || alive.expired() || !control_.is_open()) return;
                        read_control();
                        if (control_.is_open()) await_control();
                      });
}

void ProcessEnvironment::read_control() {
  while (control_.is_open()) {
    KeeperMessage message;
    const ssize_t bytes = recv(control_.native_handle(), &message, sizeof message, 0);
    if (bytes < 0) return;
    if (bytes == 0) return gone();
    hear(message);
  }
}

void ProcessEnvironment::hear(const KeeperMessage& message) {
  switch (message.kind) {
    case KeeperMessage::Kind::started:
      leader_ = message.value;
      keeper_ = message.keeper;
      break;
    case KeeperMessage::Kind::failed:
      leader_ = 0;
      fail(no_entry_point(fmt::format("cannot start the runtime: {}",
                                      std::generic_category().message(message.value))));
      break;
    case KeeperMessage::Kind::exited:
      fail(outcome_of({.exit_status = message.value, .before_ready = on_ready_ != nullptr}));
      break;
    case KeeperMessage::Kind::killed:
      fail(outcome_of({.signal = message.value, .before_ready = on_ready_ != nullptr}));
      break;
  }
}

void ProcessEnvironment::await_output() {
  output_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                     [this, alive = std::weak_ptr(alive_)](const error_code& error) {
                       if (error || alive.expired() || !output_.is_open()) return;
                       read_output(size_t{64} << 10);
                       if (output_.is_open()) await_output();
                     });
}

// What has been printed, but no more than that at once: the loop has others to attend to.
void ProcessEnvironment::read_output(size_t most) {
  std::array<char, size_t{16} << 10> piece;
  for (size_t taken = 0; output_.is_open() && taken < most;) {
    const ssize_t bytes = read(output_.native_handle(), piece.data(), piece.size());
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes < 0) return;
    if (bytes == 0) return output_.close();
    log_->append({piece.data(), static_cast<size_t>(bytes)});
    taken += static_cast<size_t>(bytes);
  }
}

void ProcessEnvironment::asked_for_call() {
  if (end_) return;
  if (on_ready_) end_start(std::nullopt);
  if (wants_rest_) freeze();
  hand_over();
}

void ProcessEnvironment::end_start(std::optional<Outcome> failure) {
  Started started{.init_time = steady_clock::now() - started_at_, .failure = std::move(failure)};
  if (started.failure) end_ = started.failure;
  init_time_ = started.init_time;
  call_later([ready = std::exchange(on_ready_, nullptr), started] { ready(started); });
}

void ProcessEnvironment::invoke(Event event, std::function<void(Outcome)> on_outcome) {
  ENSURE(!call_ && !on_ready_ && on_gone_ && "one call at a time, of an environment that is ready");
  call_.emplace(Call{std::move(event), std::move(on_outcome), std::nullopt});
  if (end_) return end_call(*end_);
  hand_over();
}

void ProcessEnvironment::hand_over() {
  if (!call_ || call_->begin || !api_.waits() || stopped_) return;
  // What was printed between two calls is none of the next one's.
  read_output(size_t{1} << 20);
  log_->begin_call();
  log_->append_line(
      fmt::format("START RequestId: {} Version: {}", call_->event.request_id, spec_.version));
  call_->begin = steady_clock::now();
  api_.hand_over(call_->event);
}

void ProcessEnvironment::end_call(Outcome outcome) {
  if (!call_) return;
  const nanoseconds duration =
      call_->begin ? nanoseconds(steady_clock::now() - *call_->begin) : nanoseconds(0);
  outcome.duration = duration;
  if (log_) {
    read_output(size_t{1} << 20);
    if (call_->begin) log_end(outcome, duration);
    log_->flush();
    outcome.log_tail = log_->tail();
  }
  call_later([on_outcome = std::move(call_->on_outcome), outcome = std::move(outcome)]() mutable {
    on_outcome(std::move(outcome));
  });
  call_.reset();
}

void ProcessEnvironment::log_end(const Outcome& outcome, nanoseconds duration) {
  const std::string& id = call_->event.request_id;
  look_at_memory();
  if (outcome.kind == OutcomeKind::exited || outcome.kind == OutcomeKind::timed_out)
    log_->append_line(fmt::format("RequestId: {} Error: {}", id, outcome.error_message));
  log_->append_line("END RequestId: " + id);
  log_->append_line(report_line({.request_id = id,
                                 .duration = duration,
                                 .init_time = std::exchange(init_time_, nanoseconds(0)),
                                 .memory_mb = spec_.memory_mb,
                                 .peak_memory_mb = peak_mb_,
                                 .timed_out = outcome.kind == OutcomeKind::timed_out}));
}

// It takes no more calls: whoever waits is told why.
void ProcessEnvironment::fail(Outcome outcome) {
  if (end_) return end_processes();
  outcome.ends_environment = true;
  api_.abandon();
  if (on_ready_) {
    if (log_) read_output(size_t{1} << 20);
    if (log_) outcome.log_tail = log_->tail();
    end_start(outcome);
  }
  end_ = outcome;
  end_call(std::move(outcome));
  end_processes();
}

void ProcessEnvironment::end_processes() {
  signal_group(SIGKILL);
  error_code ignored;
  if (control_.is_open()) control_.shutdown(control_.shutdown_send, ignored);
}

void ProcessEnvironment::gone() {
  if (!end_) {
    // Nobody has told us why: the keeper or the supervisor was killed.
    ProcessEnd killed{.signal = SIGKILL, .before_ready = on_ready_ != nullptr};
    fail(outcome_of(killed));
  }
  if (control_.is_open()) shared_->bury(control_.release(), folder_);
  leader_ = 0;
  if (output_.is_open()) output_.close();
  call_later([this, on_gone = on_gone_] {
    server_.reset();
    on_gone();
  });
}

// Not at once: a call that follows closely would pay for both ways. A process that still has
// something to do before it asks for the next call does that first.
void ProcessEnvironment::freeze() {
  wants_rest_ = true;
  wants_rest_since_ = steady_clock::now();
  if (!std::exchange(rest_timer_runs_, true)) rest_when_due();
}

void ProcessEnvironment::rest_when_due() {
  rest_timer_.expires_at(wants_rest_since_ + kTimeBeforeRest);
  rest_timer_.async_wait([this, alive = std::weak_ptr(alive_)](const error_code& error) {
    if (error || alive.expired()) return;
    rest_timer_runs_ = false;
    // Otherwise it is told again when the process asks for a call.
    if (!wants_rest_ || stopped_ || end_ || !api_.waits()) return;
    if (steady_clock::now() < wants_rest_since_ + kTimeBeforeRest) {
      rest_timer_runs_ = true;
      return rest_when_due();
    }
    stopped_ = true;
    if (!group_ || !group_->freeze()) signal_group(SIGSTOP);
  });
}

void ProcessEnvironment::thaw() {
  wants_rest_ = false;
  if (!std::exchange(stopped_, false)) return;
  if (group_) group_->thaw();
  signal_group(SIGCONT);
  hand_over();
}

void ProcessEnvironment::kill(KillReason reason) {
  if (!on_gone_ || end_) return;
  fail(reason.time_limit ? timed_out_after(*reason.time_limit)
                         : outcome_of({.signal = SIGKILL, .before_ready = on_ready_ != nullptr}));
}

// At the end of a call, but not of each of many.
void ProcessEnvironment::look_at_memory() {
  const auto now = steady_clock::now();
  if (now < looked_at_memory_ + kTimeBetweenLooks) return;
  looked_at_memory_ = now;
  const auto bytes = group_ ? group_->peak_memory_bytes() : std::nullopt;
  const int64_t peak = bytes ? static_cast<int64_t>((*bytes + (1 << 20) - 1) >> 20)
                             : supervision::peak_memory_mb(leader_);
  peak_mb_ = std::max(peak_mb_, peak);
}

// The group's id is its leader's, whom the keeper leaves a zombie until we have closed our end.
void ProcessEnvironment::signal_group(int signal) const {
  if (leader_ > 0) ::kill(-leader_, signal);
}

}  // namespace wukong::environments
