// An environment that is a process: see process_environments.h. It has a keeper (supervision.h), a
// Runtime API on a port of its own, a scratch folder and a log stream.
#pragma once

#include <sys/types.h>

#include <boost/asio/generic/seq_packet_protocol.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "runtime/environments/environment.h"
#include "runtime/environments/environment_spec.h"
#include "runtime/environments/log_file.h"
#include "runtime/environments/process_environments.h"
#include "runtime/environments/runtime_api.h"
#include "runtime/http/http_server.h"
#include "runtime/supervision/control_groups.h"
#include "runtime/supervision/launch_message.h"

namespace wukong::environments {

class ProcessEnvironment final : public Environment {
 public:
  ProcessEnvironment(std::shared_ptr<ProcessEnvironments::Shared> shared, EnvironmentSpec spec);
  ~ProcessEnvironment() override;

  void start(std::function<void(Started)> on_ready, std::function<void()> on_gone) override;
  void invoke(Event event, std::function<void(Outcome)> on_outcome) override;
  void freeze() override;
  void thaw() override;
  void kill(KillReason reason) override;

 private:
  struct Call {
    Event event;
    std::function<void(Outcome)> on_outcome;
    std::optional<std::chrono::steady_clock::time_point> begin;  // absent: not handed over yet
  };

  void launch();
  bool admits(int socket);
  void await_control();
  void read_control();
  void hear(const supervision::KeeperMessage& message);
  void await_output();
  void read_output(size_t most);
  void asked_for_call();
  void hand_over();
  void end_start(std::optional<Outcome> failure);
  void end_call(Outcome outcome);
  void fail(Outcome outcome);
  void end_processes();
  void gone();
  void log_end(const Outcome& outcome, std::chrono::nanoseconds duration);
  void rest_when_due();
  void signal_group(int signal) const;
  void look_at_memory();
  template <class Callback>
  void call_later(Callback callback);

  std::shared_ptr<ProcessEnvironments::Shared> shared_;
  EnvironmentSpec spec_;
  std::filesystem::path folder_;
  std::string log_stream_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // callbacks look whether it is
  boost::asio::generic::seq_packet_protocol::socket control_;
  boost::asio::posix::stream_descriptor output_;
  std::optional<LogFile> log_;
  std::optional<supervision::ControlGroup> group_;
  RuntimeApi api_;
  std::optional<http::HttpServer> server_;
  pid_t keeper_ = 0;
  pid_t leader_ = 0;
  std::chrono::steady_clock::time_point started_at_;
  std::chrono::nanoseconds init_time_{};  // until it was told
  std::function<void(Started)> on_ready_;
  std::function<void()> on_gone_;
  int64_t peak_mb_ = 0;  // as far as it was looked at
  std::chrono::steady_clock::time_point looked_at_memory_{};
  std::optional<Call> call_;
  std::optional<Outcome> end_;  // it takes no more calls; what one would find
  bool wants_rest_ = false;
  bool stopped_ = false;
  boost::asio::steady_timer rest_timer_;
  bool rest_timer_runs_ = false;
  std::chrono::steady_clock::time_point wants_rest_since_{};
};

}  // namespace wukong::environments
