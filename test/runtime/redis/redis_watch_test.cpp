// A server that a run depends on is noticed to be empty, or gone, by whoever uses it.
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

#include "runtime/redis/redis_blocking.h"
#include "runtime/redis/redis_connection.h"
#include "runtime/redis/redis_health.h"
#include "test/catch.h"
#include "test/runtime/support/redis_server.h"

namespace wukong::redis {
namespace {

// What ends a loop of `writes`, 10 ms apart, on a server that is emptied after the first.
std::string end_of_writing(const test::RedisServer& server, int writes) {
  const RedisAddress address = parse_redis_addresses(server.url()).at(0);
  const RedisServerOfRun of_run{
      address, "run:", "run:store:", std::make_shared<RedisHealth>(address, Notify{})};
  BlockingRedis(address).mark(of_run.mark());
  boost::asio::io_context context;
  // A connection that hangs up still answers: what its answers use outlives it.
  boost::asio::steady_timer timer(context);
  std::function<void(int)> write;
  RedisConnection connection(context, of_run);
  write = [&](int left) {
    connection.send({"SET", "run:store:x", "1"}, [&, left](const redisReply*) {
      if (left == writes) server.command({"FLUSHALL"});
      if (left == 0) return;
      timer.expires_after(std::chrono::milliseconds(10));
      timer.async_wait([&, left](const boost::system::error_code&) { write(left - 1); });
    });
  };
  write(writes);
  try {
    context.run();
  } catch (const RedisUnusable& unusable) {
    return unusable.what();
  }
  return "nothing";
}

TEST_CASE("a server that was emptied is noticed by who only writes to it", "[redis]") {
  const test::RedisServer server;
  CHECK(end_of_writing(server, 3000) == "the Redis server " + server.address() +
                                            " has lost the run's data: all keys were deleted "
                                            "(FLUSHALL or FLUSHDB?)");
}

TEST_CASE("a server that stays away for too long ends the run with what it was", "[redis]") {
  const RedisAddress address = parse_redis_addresses("redis://127.0.0.1:1").at(0);
  RedisHealth health(address, Notify{}, std::chrono::milliseconds(1));
  health.fails("Connection refused");
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  health.answers();
  CHECK_NOTHROW(health.fails("Connection refused"));
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK_THROWS_WITH(health.fails("something else"),
                    Catch::Contains("the Redis server 127.0.0.1:1 has not answered for ") &&
                        Catch::Contains(" s: Connection refused"));
}

}  // namespace
}  // namespace wukong::redis
