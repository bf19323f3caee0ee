// The parameters of PyWren's function calls.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/base/time.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::pywren {

struct PyWrenCallOptions {
  int64_t threads = 1;    // of the client's pool; each call holds one for the API's overhead
  Duration call_time;     // of the client's one interpreter, per call: boto3 under Python's lock
  Duration worker_setup;  // from the start of the child process to the user's function: imports
  Duration child_poll;    // the handler looks so often whether its child has ended; 0: it is told
  std::optional<Duration> longest_run;  // the handler ends a child that runs longer; absent: never
  int64_t heads = 0;  // HEAD requests before the function starts: cancelled? data? runtime?
  int64_t gets = 0;   // GET requests: function, data

  void visit(FieldVisitor& v);
};

}  // namespace wukong::pywren
