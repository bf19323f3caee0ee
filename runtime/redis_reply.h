// What the replies of a Redis server mean. A server can be another program, of another version, or
// broken: a reply of a kind that was not asked for is no answer. A reply that is null never came.
#pragma once

#include <hiredis/hiredis.h>

#include <cstdint>
#include <optional>

#include "runtime/byte_store.h"
#include "sim/platform/metadata_store.h"
#include "sim/platform/object_store.h"

namespace wukong::runtime {

// Of SET. A server that is full says so; whatever else it refuses may go better later.
sim::StoreStatus written_status(const redisReply* reply);
// Of GET.
ReadReply read_value(const redisReply* reply);
// Of EXISTS.
sim::StoreStatus existing_status(const redisReply* reply);

// The number in it: an integer, or a text of digits. GET of a counter that nobody has changed says
// nil, which is 0. Of EXEC, the last command's.
sim::CounterReply number_in(const redisReply* reply);
// Of a command whose answer does not matter: it was not refused.
bool granted(const redisReply* reply);
// Of BITCOUNT and GETBIT in one EXEC: all bits but one.
sim::CounterReply other_bits(const redisReply* reply);

// What a subscription hears: first that it is there, then messages.
struct Heard {
  enum class Kind { confirmation, message } kind;
  uint64_t message = 0;

  bool operator==(const Heard&) const = default;
};
std::optional<Heard> heard(const redisReply* reply);

}  // namespace wukong::runtime
