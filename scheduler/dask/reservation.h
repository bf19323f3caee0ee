// Holds some of a Dask worker's memory, beside its objects, for as long as it lives.
#pragma once

#include "scheduler/dask/worker.h"

namespace wukong::scheduler {

struct DaskWorker::Reservation {
  Reservation(DaskMemory& where, Bytes how_much) : memory(where), amount(how_much) {
    memory.reserve(amount);
  }
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;
  ~Reservation() { memory.release(amount); }
  DaskMemory& memory;
  Bytes amount;
};

}  // namespace wukong::scheduler
