// Object storage in S3: unlimited space; a request takes a lognormal latency and the transfer of
// the object at no more than one connection's bandwidth. Above the request limit S3 answers 503 and
// the client tries again after a random back-off; when its attempts are used up the caller sees
// `unavailable`.
//
// An admitted request is charged when it is admitted, also for a missing object; a 503 is free.
#pragma once

#include "sim/accounting/books.h"
#include "sim/base/random.h"
#include "sim/base/token_bucket.h"
#include "sim/network/network.h"
#include "sim/storage/object_store.h"
#include "sim/storage/object_table.h"
#include "sim/storage/storage_spec.h"

namespace wukong::storage {

class S3Store final : public ObjectStore {
 public:
  S3Store(const accounting::Books& books, network::Network& network, const S3Spec& spec,
          uint64_t seed);

  void preload(ObjectId object, ObjectSize size) override { objects_.insert(object, size); }
  engine::Task<StoreStatus> put(const hosts::Host& from, ObjectId object, ObjectSize size) override;
  engine::Task<StoreStatus> get(const hosts::Host& to, ObjectId object) override;
  engine::Task<StoreStatus> exists(const hosts::Host& from, ObjectId object) override;
  bool holds(ObjectId object) const override { return objects_.holds(object); }

 private:
  // Tries again after a first 503, until the limit admits the request. False if it never did.
  engine::Task<bool> admit_later(TokenBucket& limit);
  Duration latency(Duration median);

  accounting::Books books_;
  network::Network& network_;
  const S3Spec& spec_;
  RandomStream latencies_;
  RandomStream back_offs_;
  TokenBucket reads_;
  TokenBucket writes_;
  ObjectTable objects_;
};

}  // namespace wukong::storage
