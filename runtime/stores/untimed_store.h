// The object store of a platform whose network is not modelled: it keeps the books of every request
// and answers at once. What takes the place of the modelled store under a store that takes the time
// of real or of measured requests.
#pragma once

#include "sim/accounting/books.h"
#include "sim/storage/object_table.h"
#include "sim/storage/store_servers.h"

namespace wukong::stores {

class UntimedStore final : public storage::ObjectStore {
 public:
  explicit UntimedStore(const accounting::Books& books) : books_(books) {}

  void preload(ObjectId object, ObjectSize size) override { objects_.insert(object, size); }
  engine::Task<storage::StoreStatus> put(const hosts::Host& from, ObjectId object,
                                         ObjectSize size) override;
  engine::Task<storage::StoreStatus> get(const hosts::Host& to, ObjectId object) override;
  engine::Task<storage::StoreStatus> exists(const hosts::Host& from, ObjectId object) override;
  bool holds(ObjectId object) const override { return objects_.holds(object); }

 private:
  accounting::Books books_;
  storage::ObjectTable objects_;
};

// Objects lie on the same servers as in the model, which take no more connections than there, but
// a handshake takes no time: a real connection is open already.
class UntimedServers final : public storage::StoreServers {
 public:
  explicit UntimedServers(std::unique_ptr<storage::StoreServers> model)
      : model_(std::move(model)) {}

  size_t server_of(ObjectId object) const override { return model_->server_of(object); }
  engine::Task<> handshake(const hosts::Host&, ObjectId, int64_t) override { co_return; }
  bool connect(ObjectId object, int64_t connections) override {
    return model_->connect(object, connections);
  }
  void disconnect(ObjectId object, int64_t connections) override {
    model_->disconnect(object, connections);
  }

 private:
  std::unique_ptr<storage::StoreServers> model_;
};

// The modelled store without its time.
storage::StoreParts without_time(storage::StoreParts modelled, const accounting::Books& books);

}  // namespace wukong::stores
