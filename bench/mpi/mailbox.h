// Messages between ranks, without ever waiting for the other side. MPI_Send and MPI_Recv of more
// than some kilobytes do: both ranks take part in the transfer, and one that dies in the middle of
// it leaves the other waiting for ever. Here a message that does not come to its end is only never
// received. Messages of one rank arrive in the order in which they were sent.
#pragma once

#include <mpi.h>

#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>

#include "bench/mpi/messages.h"

namespace wukong::mpi {

struct Message {
  int rank = 0;  // it came from
  MessageTag tag{};
  std::string bytes;

  template <class Body>
  Body read() const {
    std::istringstream stream(bytes);
    boost::archive::binary_iarchive archive(stream, kArchiveFlags);
    Body body;
    archive >> body;
    return body;
  }
  static constexpr unsigned kArchiveFlags = boost::archive::no_header;
};

class Mailbox {
 public:
  explicit Mailbox(MPI_Comm ranks) : ranks_(ranks) {}
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;
  // What is still under way stays in memory: MPI may yet touch it.
  ~Mailbox();

  void send(int rank, MessageTag tag) { send_bytes({rank, tag, {}}); }
  template <class Body>
  void send(int rank, MessageTag tag, const Body& body) {
    std::ostringstream stream;
    boost::archive::binary_oarchive(stream, Message::kArchiveFlags) << body;
    send_bytes({rank, tag, stream.str()});
  }
  // A message that has arrived whole, if there is one.
  std::optional<Message> receive();
  // Whether all that was sent to this rank has left.
  bool sent_all(int rank);

 private:
  struct Transfer {
    MPI_Request request = MPI_REQUEST_NULL;
    Message message;
  };
  using Transfers = std::deque<std::unique_ptr<Transfer>>;  // by address: MPI has it

  void send_bytes(Message message);
  void accept_next();
  static void forget_completed(Transfers& transfers);

  MPI_Comm ranks_;
  std::map<int, Transfers> outgoing_;  // by rank
  std::map<int, Transfers> incoming_;
};

}  // namespace wukong::mpi
