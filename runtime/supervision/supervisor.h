// The server's side of its supervisor: a process that starts environments, so that the loop does
// not wait for fork and exec, and that outlives the server for as long as it takes to end all of
// them (see supervision.h). For the loop's thread.
#pragma once

#include <sys/types.h>

#include <boost/asio/generic/seq_packet_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace wukong::supervision {

struct Launch {
  std::filesystem::path folder;
  std::vector<std::string> words;      // the program's absolute path first
  std::vector<std::string> variables;  // NAME=value: all that it has
  uint64_t memory_bytes = 0;           // RLIMIT_DATA; 0: none
  std::filesystem::path group;         // the program's control group; empty: none
  int control = -1;                    // the keeper's end; it is the supervisor's from then on
  int output = -1;                     // likewise
};

class Supervisor {
 public:
  // In the end both folders are deleted, also if this process is killed: that of files, and that of
  // the control groups, which may be empty. Throws std::runtime_error.
  struct Folders {
    std::filesystem::path files;
    std::filesystem::path groups;
  };
  Supervisor(boost::asio::io_context& loop, const Folders& folders);
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;
  // Waits until nothing is left. REQUIRES: all control sockets are closed.
  ~Supervisor();

  // Whether it was started is told on the control socket. Throws std::runtime_error if words and
  // variables are too long together.
  void launch(const Launch& launch);

 private:
  struct Packet {
    std::string bytes;
    int control;
    int output;
  };
  bool send(const Packet& packet);
  void send_waiting();

  boost::asio::generic::seq_packet_protocol::socket socket_;
  pid_t process_ = -1;
  uint64_t open_files_ = 0;  // what this process had when it began
  std::deque<Packet> waiting_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // handlers look whether it is there
};

}  // namespace wukong::supervision
