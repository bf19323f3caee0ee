// Whether a reply is of the kind that a Redis server gives. What it means is for those who asked.
#pragma once

#include <hiredis/hiredis.h>

#include <string_view>

namespace wukong::redis {

// Whether a reply that is no error can be one to that command, or to it as part of a transaction.
bool answers(std::string_view command, const redisReply& reply);
// Whether what an error says will pass by itself: a server that loads its data, say.
bool passes(const redisReply& error);

}  // namespace wukong::redis
