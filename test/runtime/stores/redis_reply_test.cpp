#include "runtime/stores/redis_reply.h"

#include <memory>
#include <string>

#include "test/catch.h"

namespace wukong::stores {
namespace {

using storage::StoreStatus;

struct FreeReply {
  void operator()(redisReply* reply) const { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

// From the bytes of the protocol.
Reply reply_of(const std::string& bytes) {
  const std::unique_ptr<redisReader, decltype(&redisReaderFree)> reader(redisReaderCreate(),
                                                                        redisReaderFree);
  redisReaderFeed(reader.get(), bytes.data(), bytes.size());
  void* reply = nullptr;
  REQUIRE(redisReaderGetReply(reader.get(), &reply) == REDIS_OK);
  REQUIRE(reply != nullptr);
  return Reply(static_cast<redisReply*>(reply));
}

const char* const kValue = "$5\r\n12345\r\n";
const char* const kNothing = "$-1\r\n";
const char* const kFull = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
const char* const kRefused = "-READONLY You can't write against a read only replica.\r\n";

TEST_CASE("a reply to SET tells a full server from one that refuses", "[redis]") {
  CHECK(written_status(reply_of("+OK\r\n").get()) == StoreStatus::ok);
  CHECK(written_status(reply_of(kFull).get()) == StoreStatus::full);
  CHECK(written_status(reply_of(kRefused).get()) == StoreStatus::unavailable);
  CHECK(written_status(nullptr) == StoreStatus::unavailable);
  CHECK(written_status(reply_of(":1\r\n").get()) == StoreStatus::unavailable);
}

TEST_CASE("a reply to GET is a value or that there is none; of another kind, it is no answer",
          "[redis]") {
  const ReadReply value = read_value(reply_of(kValue).get());
  CHECK(value.status == StoreStatus::ok);
  CHECK(value.value.bytes().size() == 5);
  CHECK(read_value(reply_of("$0\r\n\r\n").get()).value.bytes().empty());
  CHECK(read_value(reply_of(kNothing).get()).status == StoreStatus::missing);
  for (const char* other : {"*1\r\n$1\r\nx\r\n", ":7\r\n", "+OK\r\n", kRefused})
    CHECK(read_value(reply_of(other).get()).status == StoreStatus::unavailable);
}

TEST_CASE("a reply to EXISTS is a number", "[redis]") {
  CHECK(existing_status(reply_of(":1\r\n").get()) == StoreStatus::ok);
  CHECK(existing_status(reply_of(":0\r\n").get()) == StoreStatus::missing);
  CHECK(existing_status(reply_of(kValue).get()) == StoreStatus::unavailable);
}

TEST_CASE("a counter is a number, written as one or in digits, the last of a transaction",
          "[redis]") {
  CHECK(number_in(reply_of(":42\r\n").get()) == 42u);
  CHECK(number_in(reply_of(kValue).get()) == 12345u);
  CHECK(number_in(reply_of(kNothing).get()) == 0u);
  CHECK(number_in(reply_of("*2\r\n:0\r\n:3\r\n").get()) == 3u);
  for (const char* other : {":-1\r\n", "$1\r\nx\r\n", "*0\r\n", "+OK\r\n", kRefused,
                            "*1\r\n*1\r\n:1\r\n", "$20\r\n99999999999999999999\r\n"})
    CHECK(number_in(reply_of(other).get()) == std::nullopt);
}

TEST_CASE("all bits but one are never fewer than none", "[redis]") {
  CHECK(other_bits(reply_of("*2\r\n:3\r\n:1\r\n").get()) == 2u);
  CHECK(other_bits(reply_of("*2\r\n:0\r\n:1\r\n").get()) == std::nullopt);
  CHECK(other_bits(reply_of("*2\r\n:-9223372036854775808\r\n:1\r\n").get()) == std::nullopt);
  CHECK(other_bits(reply_of("*2\r\n$1\r\n3\r\n$1\r\n1\r\n").get()) == std::nullopt);
  CHECK(other_bits(reply_of(":3\r\n").get()) == std::nullopt);
}

TEST_CASE("a subscription hears its confirmation, and messages filled up with spaces", "[redis]") {
  const auto confirmed = heard(reply_of("*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n").get());
  REQUIRE(confirmed.has_value());
  CHECK(confirmed->kind == Heard::Kind::confirmation);
  const auto message = heard(reply_of("*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$4\r\n17  \r\n").get());
  REQUIRE(message.has_value());
  CHECK(message->kind == Heard::Kind::message);
  CHECK(message->message == 17);
  CHECK(heard(reply_of("*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nx\r\n").get()) == std::nullopt);
  CHECK(heard(reply_of("*3\r\n$-1\r\n*0\r\n*-1\r\n").get()) == std::nullopt);
}

}  // namespace
}  // namespace wukong::stores
