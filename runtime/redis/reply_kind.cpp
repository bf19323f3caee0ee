#include "runtime/redis/reply_kind.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace wukong::redis {
namespace {

bool is_status(const redisReply& reply, std::string_view text) {
  return reply.type == REDIS_REPLY_STATUS && std::string_view(reply.str, reply.len) == text;
}

}  // namespace

bool answers(std::string_view command, const redisReply& reply) {
  const auto is_any = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), command) != names.end();
  };
  if (is_any({"SET", "MULTI", "AUTH", "SELECT"})) return is_status(reply, "OK");
  if (command == "PING") return is_status(reply, "PONG");
  if (command == "GETRANGE") return reply.type == REDIS_REPLY_STRING;
  if (command == "GET") return reply.type == REDIS_REPLY_STRING || reply.type == REDIS_REPLY_NIL;
  if (is_any({"EXEC", "SUBSCRIBE"})) return reply.type == REDIS_REPLY_ARRAY;
  if (is_any({"SETBIT", "GETBIT", "BITCOUNT"}) && is_status(reply, "QUEUED")) return true;
  return reply.type == REDIS_REPLY_INTEGER && reply.integer >= 0;
}

bool passes(const redisReply& error) {
  const std::string_view text(error.str, error.len);
  constexpr std::string_view kPassing[] = {"LOADING", "BUSY", "TRYAGAIN", "MASTERDOWN",
                                           "CLUSTERDOWN"};
  return std::any_of(std::begin(kPassing), std::end(kPassing),
                     [&](std::string_view name) { return text.starts_with(name); });
}

}  // namespace wukong::redis
