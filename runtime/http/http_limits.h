// What a server grants its clients. Each limit has its answer: 431 for the headers, 413 for a body,
// 503 for connections and for all bodies together, 408 for a request that does not come to an end.
#pragma once

#include <chrono>
#include <cstddef>

namespace wukong::http {

struct HttpLimits {
  size_t header_bytes = 32 * 1024;
  size_t body_bytes = 70'167'211;  // AWS Lambda's largest control request
  // Of all requests that are being received at one time.
  size_t all_bodies_bytes = size_t{1} << 30;
  size_t connections = 10'000;
  // Until a connection's next request begins; then it is closed without a word.
  std::chrono::milliseconds idle_time{75'000};
  // From a request's first byte to the end of its headers, and from there to the end of its body.
  std::chrono::milliseconds header_time{10'000};
  std::chrono::milliseconds body_time{60'000};
  // For an answer, or one part of a streamed one, to be taken by the client.
  std::chrono::milliseconds write_time{60'000};
  // For how long what a client still sends is read and dropped after the last answer, because a
  // connection that is closed earlier may take the answer with it.
  std::chrono::milliseconds linger_time{1'000};
};

}  // namespace wukong::http
