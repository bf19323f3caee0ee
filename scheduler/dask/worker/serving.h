// What a Dask worker does for others: it sends objects that it has to its peers, few of them at a
// time, and to the client.
#pragma once

#include <span>

#include "scheduler/dask/worker/life.h"
#include "scheduler/dask/worker/memory.h"
#include "scheduler/dask/worker/site.h"
#include "scheduler/dask/worker/spilling.h"

namespace wukong::dask_worker {

class DaskServing {
 public:
  // A peer's request that is being served, for as long as it lives.
  class Service {
   public:
    explicit Service(DaskServing& server) : server_(server), life_(server.life_.number()) {
      ++server_.open_;
    }
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service() {
      if (server_.life_.number() == life_) --server_.open_;
    }

   private:
    DaskServing& server_;
    uint32_t life_;
  };

  DaskServing(const DaskSite& site, const DaskLife& life, const DaskMemory& memory,
              DaskSpilling& spilling)
      : site_(site), life_(life), memory_(memory), spilling_(spilling) {}

  const DaskSite& site() const { return site_; }
  const DaskLife& life() const { return life_; }
  // It serves so many requests that this one is turned away. It takes twice as many if who asks is
  // on the same machine.
  bool busy_for(const DaskSite& asking) const {
    const int64_t factor = &asking.machine == &site_.machine ? 2 : 1;
    return open_ >= factor * site_.options().incoming_requests;
  }
  // Takes a request in, on its event loop.
  engine::Task<> accept();
  bool has_all(std::span<const ObjectId> objects) const;
  // What lies on disk is read there.
  engine::Task<> prepare(std::span<const ObjectId> objects);
  // By way of the scheduler. False: it is not here any more.
  engine::Task<bool> send_to_client(ObjectId object);
  // The worker has died.
  void clear() { open_ = 0; }

 private:
  const DaskSite& site_;
  const DaskLife& life_;
  const DaskMemory& memory_;
  DaskSpilling& spilling_;
  int64_t open_ = 0;
};

}  // namespace wukong::dask_worker
