// A connection to a Redis server in the loop. Commands are sent in order, and answered in order. If
// the connection breaks, or the server is silent for too long, all commands that wait get no reply;
// the next command connects again. A server that refuses a command for good, answers with something
// that is no answer to it, or comes back without the run's mark, because it has lost its data, ends
// the run: RedisUnusable leaves the loop. For the loop's thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/redis/redis_line.h"
#include "runtime/redis/redis_server_of_run.h"

namespace wukong::redis {

class RedisConnection final : private RedisLine::Listener {
 public:
  // How long a server may be silent that owes a reply. An assumption: longer than a server pauses
  // that is busy with something else, and short enough for a user who waits at a terminal. After
  // half of it the user is told.
  static constexpr std::chrono::seconds kTimeout{5};

  // So often a server in use is asked whether it still has the run's mark: one that was emptied is
  // noticed then, not only when something is read that it has lost. An assumption: a look takes
  // some tens of microseconds, of which no run feels one a second.
  static constexpr std::chrono::seconds kLookAgain{1};

  // Takes the reply to a command, which is valid during the call. Null: no reply will come.
  using Handler = std::function<void(const redisReply*)>;

  RedisConnection(boost::asio::io_context& context, RedisServerOfRun server);
  RedisConnection(const RedisConnection&) = delete;
  RedisConnection& operator=(const RedisConnection&) = delete;
  // Commands that are waiting get no reply.
  ~RedisConnection();

  void send(const std::vector<std::string_view>& command, Handler handler);
  // `handler` gets the confirmation, then every message of the channel, and null if the connection
  // breaks; nothing comes after that.
  void subscribe(const std::string& channel, Handler handler);

 private:
  struct Waiting {
    std::string command;  // its name
    Handler handler;
    std::chrono::steady_clock::time_point since;
    bool confirmed = false;  // a subscription, which waits for nothing
  };

  void take(const redisReply& reply) override;
  void broken(const std::string& reason) override;
  void nonsense(const std::string& what) override;

  void connect();
  void greet();
  void look_for_mark();
  [[noreturn]] void miss_mark(bool after_connecting) const;
  void enqueue(const std::vector<std::string_view>& command, Handler handler);
  void watch();
  void look_at_the_clock();
  void hang_up();

  boost::asio::io_context& context_;
  RedisServerOfRun server_;
  std::shared_ptr<RedisLine> line_;  // null: not connected
  std::deque<Waiting> waiting_;
  boost::asio::steady_timer timer_;
  // For the run's mark: since it has connected; and when most recently.
  bool looked_ = false;
  std::chrono::steady_clock::time_point looked_at_;
  bool watching_ = false;
};

}  // namespace wukong::redis
