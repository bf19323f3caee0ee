#include "runtime/stores/redis_reply.h"

#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

namespace wukong::stores {

using storage::StoreStatus;

namespace {

// Messages and counters are written by us, as digits; messages are filled up with spaces.
std::optional<uint64_t> digits_of(const redisReply& reply) {
  uint64_t number = 0;
  const auto parsed = std::from_chars(reply.str, reply.str + reply.len, number);
  if (parsed.ec != std::errc()) return std::nullopt;
  return number;
}

std::optional<uint64_t> count_of(const redisReply& reply) {
  if (reply.type != REDIS_REPLY_INTEGER || reply.integer < 0) return std::nullopt;
  return static_cast<uint64_t>(reply.integer);
}

StoreStatus refusal(const redisReply* reply) {
  const bool full = reply != nullptr && reply->type == REDIS_REPLY_ERROR &&
                    std::string_view(reply->str, reply->len).starts_with("OOM");
  return full ? StoreStatus::full : StoreStatus::unavailable;
}

}  // namespace

StoreStatus written_status(const redisReply* reply) {
  const bool good = reply != nullptr && reply->type == REDIS_REPLY_STATUS;
  return good ? StoreStatus::ok : refusal(reply);
}

ReadReply read_value(const redisReply* reply) {
  ReadReply result;
  if (reply != nullptr && reply->type == REDIS_REPLY_NIL) {
    result.status = StoreStatus::missing;
  } else if (reply == nullptr || reply->type != REDIS_REPLY_STRING) {
    result.status = refusal(reply);
  } else {
    kernels::Buffer buffer(Bytes(static_cast<int64_t>(reply->len)));
    if (reply->len > 0) std::memcpy(buffer.bytes().data(), reply->str, reply->len);
    result.value = std::move(buffer).freeze();
  }
  return result;
}

StoreStatus existing_status(const redisReply* reply) {
  if (reply == nullptr || reply->type != REDIS_REPLY_INTEGER) return refusal(reply);
  return reply->integer == 1 ? StoreStatus::ok : StoreStatus::missing;
}

std::optional<uint64_t> number_in(const redisReply* reply) {
  if (reply == nullptr) return std::nullopt;
  const bool executed = reply->type == REDIS_REPLY_ARRAY && reply->elements > 0;
  const redisReply* const last = executed ? reply->element[reply->elements - 1] : reply;
  if (last->type == REDIS_REPLY_NIL) return 0;
  return last->type == REDIS_REPLY_STRING ? digits_of(*last) : count_of(*last);
}

std::optional<uint64_t> first_number_in(const redisReply* reply) {
  if (reply == nullptr || reply->type != REDIS_REPLY_ARRAY || reply->elements == 0)
    return std::nullopt;
  return number_in(reply->element[0]);
}

bool granted(const redisReply* reply) {
  return reply != nullptr && reply->type != REDIS_REPLY_ERROR;
}

std::optional<uint64_t> other_bits(const redisReply* reply) {
  if (reply == nullptr || reply->type != REDIS_REPLY_ARRAY || reply->elements != 2)
    return std::nullopt;
  const auto all = count_of(*reply->element[0]);
  const auto one = count_of(*reply->element[1]);
  if (!all || !one || *one > *all) return std::nullopt;
  return *all - *one;
}

std::optional<Heard> heard(const redisReply* reply) {
  if (reply == nullptr || reply->type != REDIS_REPLY_ARRAY || reply->elements != 3)
    return std::nullopt;
  const redisReply& body = *reply->element[2];
  if (body.type == REDIS_REPLY_INTEGER) return Heard{Heard::Kind::confirmation};
  if (body.type != REDIS_REPLY_STRING) return std::nullopt;
  const auto message = digits_of(body);
  if (!message) return std::nullopt;
  return Heard{Heard::Kind::message, *message};
}

}  // namespace wukong::stores
