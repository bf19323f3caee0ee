// The Runtime API 2018-06-01 of one environment, as a state machine: what its processes ask for and
// say, in HTTP requests, and what follows for the call in progress. Knows neither sockets nor
// processes. For the loop's thread.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/environments/environment.h"
#include "runtime/environments/outcome.h"
#include "runtime/http/http_message.h"

namespace wukong::environments {

class RuntimeApi {
 public:
  // Called from within handle(), as its last act.
  struct Listener {
    std::function<void()> on_next;  // the runtime asks for a call, and waits
    std::function<void(Outcome)> on_outcome;
    std::function<void(Outcome)> on_init_error;  // instead of the first on_next
  };
  explicit RuntimeApi(Listener listener);

  void handle(http::Request request, http::Answer answer);
  // A request never came to handle() because its body was too long even for the server.
  void refused_body();

  // The runtime waits for a call, and there is none in progress.
  bool waits() const { return next_.has_value(); }
  bool in_progress() const { return call_.has_value(); }
  // REQUIRES: waits().
  void hand_over(const Event& event);
  // The call in progress, if there is one, has ended in another way.
  void abandon() { call_.reset(); }

 private:
  void next(http::Answer answer);
  void init_error(http::Request request, const http::Answer& answer);
  void call_end(http::Request request, const http::Answer& answer, std::string_view rest);

  Listener listener_;
  bool ready_ = false;
  std::optional<http::Answer> next_;
  std::optional<std::string> call_;  // its request's id
};

}  // namespace wukong::environments
