// What a server, its supervisor and the keepers of its environments say to each other, over socket
// pairs that keep messages apart. See supervisor.h.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace wukong::supervision {

// To the supervisor: start a keeper, and under it a program. With it come two descriptors: the
// keeper's end of its control socket, and where the program's output goes.
struct LaunchMessage {
  static constexpr size_t kMostText = size_t{160} * 1024;
  uint32_t words = 0;      // of the command line, the program's path first
  uint32_t variables = 0;  // NAME=value
  uint64_t memory_bytes = 0;
  uint64_t open_files = 0;
  uint32_t text_bytes = 0;
  // The folder to begin in, the control group or nothing, the words, the variables: each with a
  // zero at its end.
  std::array<char, kMostText> text;
};

// From a keeper. After its last one the socket ends, once nothing is left of the environment. The
// server says nothing: that its end is closed, by intent or by death, means: end everything.
struct KeeperMessage {
  enum class Kind : uint32_t {
    started,  // `value` is the program's process, and its group; `keeper` the keeper's
    failed,   // the program could not be started; `value` is the error's number
    exited,   // `value` is the status
    killed,   // `value` is the signal
  };
  Kind kind = Kind::failed;
  int32_t value = 0;
  pid_t keeper = 0;
};

}  // namespace wukong::supervision
