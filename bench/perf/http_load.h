// A client that keeps a server busy: so many connections, each with one request at a time, from a
// thread of its own.
#pragma once

#include <cstdint>
#include <vector>

namespace wukong::perf {

struct HttpLoad {
  uint16_t port = 0;
  int connections = 64;
  int requests = 0;  // of all connections together
};

struct HttpTimes {
  double seconds = 0;                // wall time, from the first request to the last answer
  std::vector<double> latencies_us;  // sorted
};

// Returns when all is answered. Throws std::runtime_error if an answer is not status 200.
HttpTimes run_http_load(const HttpLoad& load);

}  // namespace wukong::perf
