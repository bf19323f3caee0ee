// Environments that run nothing: what a call gives is a function of the test's, on the server's
// loop. All that they are told is counted.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/environments/environment.h"
#include "runtime/environments/environment_spec.h"
#include "runtime/serving/server.h"

namespace wukong::test {

// What an event is answered with, and after how long; nothing: never.
struct FakeAnswer {
  environments::Outcome outcome;
  std::chrono::milliseconds after{0};
  bool never = false;
};
inline FakeAnswer answers(std::string payload, int after_ms = 0) {
  FakeAnswer answer;
  answer.outcome.payload = std::move(payload);
  answer.outcome.log_tail = "START\nEND\n";
  answer.after = std::chrono::milliseconds(after_ms);
  return answer;
}
inline FakeAnswer throws_error() {
  FakeAnswer answer;
  answer.outcome.kind = environments::OutcomeKind::function_error;
  answer.outcome.payload = R"({"errorType":"ValueError","errorMessage":"no"})";
  answer.outcome.error_type = "ValueError";
  answer.outcome.error_message = "no";
  return answer;
}
inline FakeAnswer never() {
  FakeAnswer answer;
  answer.never = true;
  return answer;
}

struct FakeWorld {
  std::function<FakeAnswer(const environments::EnvironmentSpec&, const environments::Event&)>
      handler;
  std::vector<environments::EnvironmentSpec> made;
  std::vector<environments::Event> events;
  bool comes_up = true;
  int alive = 0;
  int frozen = 0;  // now
  // Ends an environment that is idle, as a process that somebody kills.
  std::vector<std::function<void()>> end_by_itself;
};

class FakeEnvironment final : public environments::Environment {
 public:
  FakeEnvironment(boost::asio::io_context& loop, FakeWorld& world,
                  environments::EnvironmentSpec spec)
      : loop_(loop), world_(world), spec_(std::move(spec)), timer_(loop) {
    ++world_.alive;
  }
  ~FakeEnvironment() override {
    --world_.alive;
    if (frozen_) --world_.frozen;
  }

  void start(std::function<void(environments::Started)> on_ready,
             std::function<void()> on_gone) override {
    on_gone_ = std::move(on_gone);
    on_ready_ = std::move(on_ready);
    if (world_.comes_up) later([this] { tell_ready({}); });
    world_.end_by_itself.push_back([this, alive = std::weak_ptr<int>(alive_)] {
      if (!alive.expired()) end();
    });
  }
  void invoke(environments::Event event,
              std::function<void(environments::Outcome)> on_outcome) override {
    world_.events.push_back(event);
    const FakeAnswer answer = world_.handler(spec_, event);
    on_outcome_ = std::move(on_outcome);
    if (answer.never) return;
    timer_.expires_after(answer.after);
    timer_.async_wait([this, outcome = answer.outcome](const boost::system::error_code& error) {
      if (!error) std::exchange(on_outcome_, nullptr)(outcome);
    });
  }
  void freeze() override {
    if (!std::exchange(frozen_, true)) ++world_.frozen;
  }
  void thaw() override {
    if (std::exchange(frozen_, false)) --world_.frozen;
  }
  void kill(environments::KillReason reason) override {
    timer_.cancel();
    later([this, reason] {
      if (on_ready_) tell_ready({.failure = environments::outcome_of({.before_ready = true})});
      if (on_outcome_) {
        environments::Outcome outcome = reason.time_limit
                                            ? environments::timed_out_after(*reason.time_limit)
                                            : environments::outcome_of({.signal = 9});
        outcome.ends_environment = true;
        std::exchange(on_outcome_, nullptr)(outcome);
      }
      end();
    });
  }

 private:
  template <class Work>
  void later(Work work) {
    boost::asio::post(loop_, [alive = std::weak_ptr<int>(alive_), work = std::move(work)] {
      if (!alive.expired()) work();
    });
  }
  void tell_ready(environments::Started started) {
    std::exchange(on_ready_, nullptr)(std::move(started));
  }
  void end() {
    if (on_gone_) std::exchange(on_gone_, nullptr)();
  }

  boost::asio::io_context& loop_;
  FakeWorld& world_;
  environments::EnvironmentSpec spec_;
  boost::asio::steady_timer timer_;
  std::function<void(environments::Started)> on_ready_;
  std::function<void(environments::Outcome)> on_outcome_;
  std::function<void()> on_gone_;
  bool frozen_ = false;
  std::shared_ptr<int> alive_ = std::make_shared<int>();
};

inline serving::Server::MakeFactory fake_environments(FakeWorld& world) {
  return [&world](boost::asio::io_context& loop) -> serving::MakeEnvironment {
    return [&loop, &world](const environments::EnvironmentSpec& spec) {
      world.made.push_back(spec);
      return std::make_unique<FakeEnvironment>(loop, world, spec);
    };
  };
}

}  // namespace wukong::test
