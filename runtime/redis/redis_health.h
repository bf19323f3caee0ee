// How a Redis server does during one run: whether it answers, what it is that keeps it from it, and
// what of that the user is told at once. Shared by the run's connections to the server; for the
// loop's thread.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "runtime/redis/redis_address.h"

namespace wukong::redis {

// Is told what happens to a server during a run, a line each. Empty: nobody is.
using Notify = std::function<void(const std::string& line)>;

class RedisHealth {
 public:
  // How long a server may stay away before that ends the run. An assumption: longer than a server
  // takes to start again with its data, and shorter than what policies go on trying for.
  static constexpr std::chrono::seconds kLongestOutage{30};

  RedisHealth(const RedisAddress& address, Notify notify,
              std::chrono::nanoseconds longest_outage = kLongestOutage);

  // Throws RedisUnusable if it has not answered for too long.
  void fails(const std::string& reason);
  void answers();
  // The run's keys could not be deleted.
  void leaves(const std::string& prefix, const std::string& reason);

  // The first time that it did not answer: why, and for how long; empty: it always has.
  std::string outage() const;

 private:
  struct Outage {
    std::string reason;
    std::chrono::steady_clock::time_point since;
    std::optional<std::chrono::steady_clock::time_point> until;
  };

  void tell(const std::string& line) const;

  RedisAddress address_;
  std::string name_;
  Notify notify_;
  std::chrono::nanoseconds longest_outage_;
  std::optional<Outage> first_;
  std::optional<Outage> present_;
  std::string left_;  // the prefix of keys that the user knows of
};

// A server that does what no Redis server with the run's data would. It ends the run: trying again
// would not help.
class RedisUnusable : public std::runtime_error {
 public:
  RedisUnusable(const RedisAddress& address, const std::string& what);
};

}  // namespace wukong::redis
