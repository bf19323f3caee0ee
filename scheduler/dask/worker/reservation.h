// Holds some of a Dask worker's memory, beside its objects, for as long as it lives.
#pragma once

#include "scheduler/dask/worker/memory.h"

namespace wukong::dask_worker {

class DaskReservation {
 public:
  DaskReservation(DaskMemory& memory, Bytes amount) : memory_(memory), amount_(amount) {
    memory_.reserve(amount_);
  }
  DaskReservation(const DaskReservation&) = delete;
  DaskReservation& operator=(const DaskReservation&) = delete;
  ~DaskReservation() { memory_.release(amount_); }

 private:
  DaskMemory& memory_;
  Bytes amount_;
};

}  // namespace wukong::dask_worker
