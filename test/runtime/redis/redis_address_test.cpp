#include "runtime/redis/redis_address.h"

#include "runtime/redis/redis_blocking.h"
#include "sim/base/error.h"
#include "test/catch.h"
#include "test/runtime/support/redis_server.h"

namespace wukong::redis {
namespace {

RedisAddress parsed(const std::string& text) { return parse_redis_addresses(text).at(0); }

std::string refusal(const std::string& text) {
  try {
    parse_redis_addresses(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

std::string refused_by(const RedisAddress& address) {
  try {
    BlockingRedis(address).mark("key");
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST_CASE("an address of a Redis server may have a user, a password and a database", "[redis]") {
  CHECK(parsed("redis://near") == RedisAddress{.host = "near"});
  CHECK(parsed("redis://near:1234/5") == RedisAddress{.host = "near", .port = 1234, .database = 5});
  CHECK(parsed("redis://near/") == RedisAddress{.host = "near"});
  CHECK(parsed("redis://:secret1@near") == RedisAddress{.host = "near", .password = "secret1"});
  CHECK(parsed("redis://me:a:b@c@near:7/1") ==
        RedisAddress{.host = "near", .port = 7, .user = "me", .password = "a:b@c", .database = 1});
  CHECK(parsed("redis://:a%2Cb%40@near") == RedisAddress{.host = "near", .password = "a,b@"});
  CHECK(parsed("redis://[::1]:7/2") == RedisAddress{.host = "::1", .port = 7, .database = 2});
  CHECK(parsed("redis://:x@[fe80::1]") == RedisAddress{.host = "fe80::1", .password = "x"});
  CHECK(parsed("unix:///run/redis@1.sock") == RedisAddress{.socket = "/run/redis@1.sock"});
  CHECK(parsed("unix://:x@/run/redis.sock?db=3") ==
        RedisAddress{.socket = "/run/redis.sock", .password = "x", .database = 3});
  const auto two = parse_redis_addresses("redis://:x@one, unix:///two");
  CHECK(two == std::vector<RedisAddress>{{.host = "one", .password = "x"}, {.socket = "/two"}});
}

TEST_CASE("what is no address of a Redis server is refused, and no secret shown", "[redis]") {
  for (const std::string text :
       {"redis://:secret1", "redis://me:secret1", "redis://:secret1@", "redis://:secret1@near:x",
        "redis://:secret1@near:0", "redis://:secret1@near/x", "redi://:secret1@near",
        ":secret1@near", "redis://:secret1,2@near", "unix://:secret1@run", "redis://:secret1@[::1",
        "unix://:secret1@/run/r.sock?database=3", "rediss://:secret1@near",
        "rediss://me:secret1"}) {
    const std::string message = refusal(text);
    INFO(text << ": " << message);
    CHECK(message.starts_with("emulation.store: "));
    CHECK(message.find("secret1") == std::string::npos);
  }
  CHECK(refusal("rediss://near").find("TLS is not supported") != std::string::npos);
}

TEST_CASE("an address is shown without its secrets", "[redis]") {
  CHECK(parsed("redis://me:secret1@near:7/2").text() == "near:7 (database 2)");
  CHECK(parsed("redis://:secret1@[::1]").text() == "[::1]:6379");
  CHECK(parsed("unix://:secret1@/run/redis.sock").text() == "/run/redis.sock");
}

TEST_CASE("a Redis server with a password says what it wants, and takes the right one", "[redis]") {
  const test::RedisServer server(test::RedisServer::Data::lost, "secret1");
  const std::string at = "@" + server.address();
  const std::string place =
      "emulation.store: expected a Redis server that answers, found " + server.address() + ": ";
  CHECK(refused_by(parsed(server.url())) == place + "NOAUTH Authentication required.");
  CHECK(refused_by(parsed("redis://:secret2" + at)).starts_with(place + "WRONGPASS"));
  CHECK(refused_by(parsed("redis://:secret1" + at)) == "none");
  CHECK(refused_by(parsed("redis://default:secret1" + at)) == "none");
  CHECK(refused_by(parsed("redis://nobody:secret1" + at)).starts_with(place + "WRONGPASS"));
  CHECK(refused_by(parsed("unix://:secret1@" + server.socket())) == "none");
  CHECK(server.keys() == 1);
  CHECK(refused_by(parsed("unix://:secret1@" + server.socket() + "?db=3")) == "none");
  BlockingRedis(parsed("redis://:secret1" + at)).remove(std::vector<std::string>{"key"});
  CHECK(server.keys() == 0);  // the other is in database 3
  CHECK(refused_by(parsed("redis://:secret1" + at + "/99")).find("DB index") != std::string::npos);
}

}  // namespace
}  // namespace wukong::redis
