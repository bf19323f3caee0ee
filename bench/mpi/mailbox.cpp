#include "bench/mpi/mailbox.h"

#include <utility>

#include "sim/base/check.h"

namespace wukong::mpi {
namespace {

bool completed(MPI_Request& request) {
  int flag = 0;
  MPI_Test(&request, &flag, MPI_STATUS_IGNORE);
  return flag != 0;
}

}  // namespace

Mailbox::~Mailbox() {
  for (auto* by_rank : {&outgoing_, &incoming_})
    for (auto& [rank, transfers] : *by_rank)
      for (std::unique_ptr<Transfer>& transfer : transfers)
        if (!completed(transfer->request)) static_cast<void>(transfer.release());
}

void Mailbox::send_bytes(Message message) {
  Transfers& transfers = outgoing_[message.rank];
  forget_completed(transfers);
  Transfer& transfer = *transfers.emplace_back(std::make_unique<Transfer>());
  transfer.message = std::move(message);
  const std::string& bytes = transfer.message.bytes;
  MPI_Isend(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, transfer.message.rank,
            transfer.message.tag, ranks_, &transfer.request);
}

std::optional<Message> Mailbox::receive() {
  accept_next();
  for (auto& [rank, transfers] : incoming_) {
    if (transfers.empty() || !completed(transfers.front()->request)) continue;
    Message message = std::move(transfers.front()->message);
    transfers.pop_front();
    return message;
  }
  return {};
}

bool Mailbox::sent_all(int rank) {
  Transfers& transfers = outgoing_[rank];
  forget_completed(transfers);
  return transfers.empty();
}

// Begins to take the next message that is announced.
void Mailbox::accept_next() {
  int found = 0;
  MPI_Message handle = MPI_MESSAGE_NULL;
  MPI_Status status{};
  MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, ranks_, &found, &handle, &status);
  if (found == 0) return;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  Transfers& transfers = incoming_[status.MPI_SOURCE];
  Transfer& transfer = *transfers.emplace_back(std::make_unique<Transfer>());
  transfer.message.rank = status.MPI_SOURCE;
  transfer.message.tag = static_cast<MessageTag>(status.MPI_TAG);
  transfer.message.bytes.resize(static_cast<size_t>(size));
  MPI_Imrecv(transfer.message.bytes.data(), size, MPI_BYTE, &handle, &transfer.request);
}

void Mailbox::forget_completed(Transfers& transfers) {
  while (!transfers.empty() && completed(transfers.front()->request)) transfers.pop_front();
}

}  // namespace wukong::mpi
