// A connection to a Redis server in the loop: hiredis' protocol on a socket that Asio watches.
// Commands are sent in order, and answered in order. If the connection breaks, or the oldest
// command is not answered in time, all that are waiting get no reply; the next command connects
// again. A server that comes back without the run's mark has lost its data, which ends the run:
// RedisDataLost leaves the loop. For the loop's thread.
#pragma once

#include <hiredis/async.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/stores/redis_address.h"

namespace wukong::stores {

class RedisDataLost : public std::runtime_error {
 public:
  explicit RedisDataLost(const RedisAddress& address);
};

class RedisConnection {
 public:
  // How long a command waits for its reply. An assumption: longer than a server pauses that is busy
  // with something else, and short enough for a user who waits at a terminal.
  static constexpr std::chrono::seconds kTimeout{5};

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
  class Socket;
  struct Waiting {
    Handler handler;
    std::chrono::steady_clock::time_point since;
    bool subscription = false;
  };

  bool connect();
  void greet();
  void look_for_mark();
  void disconnected();
  void enqueue(const std::vector<std::string_view>& command, Handler handler, bool subscription);
  void answer(Waiting* waiting, const redisReply* reply);
  void watch();
  static void on_reply(redisAsyncContext* context, void* reply, void* waiting);

  boost::asio::io_context& context_;
  RedisServerOfRun server_;
  bool greeted_ = false;                // whether it has said who it is
  bool looked_ = false;                 // whether it has looked for the run's mark
  redisAsyncContext* redis_ = nullptr;  // null: not connected
  std::deque<std::unique_ptr<Waiting>> waiting_;
  boost::asio::steady_timer timer_;
  bool watching_ = false;
};

}  // namespace wukong::stores
