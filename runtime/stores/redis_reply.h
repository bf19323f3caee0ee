// What the replies of a Redis server mean. A server can be another program, of another version, or
// broken: a reply of a kind that was not asked for is no answer. A reply that is null never came.
#pragma once

#include <hiredis/hiredis.h>

#include <cstdint>
#include <optional>

#include "runtime/stores/byte_store.h"
#include "sim/storage/object_store.h"

namespace wukong::stores {

// The reply to SET. A server that is full says so; whatever else it refuses may go better later.
storage::StoreStatus written_status(const redisReply* reply);
// The reply to GET.
ReadReply read_value(const redisReply* reply);
// The reply to EXISTS.
storage::StoreStatus existing_status(const redisReply* reply);

// The number in a reply: an integer, or a text of digits. GET of a counter that nobody has changed
// says nil, which is 0. In a reply to EXEC, the last command's number counts.
std::optional<uint64_t> number_in(const redisReply* reply);
// The number in a reply to EXEC that its first command gives.
std::optional<uint64_t> first_number_in(const redisReply* reply);
// Whether a command whose answer does not matter was not refused.
bool granted(const redisReply* reply);
// The reply to BITCOUNT and GETBIT in one EXEC: how many bits are set but that one.
std::optional<uint64_t> other_bits(const redisReply* reply);

// What a subscription hears: first that it is there, then messages.
struct Heard {
  enum class Kind { confirmation, message } kind;
  uint64_t message = 0;

  bool operator==(const Heard&) const = default;
};
std::optional<Heard> heard(const redisReply* reply);

}  // namespace wukong::stores
