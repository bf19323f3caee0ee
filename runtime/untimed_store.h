// The object store of a platform whose network is not modelled: it keeps the books of every request
// and answers at once. What takes the place of the modelled store under a store that takes the time
// of real or of measured requests.
#pragma once

#include "sim/platform/books.h"
#include "sim/platform/object_table.h"
#include "sim/platform/store_servers.h"

namespace wukong::runtime {

class UntimedStore final : public sim::ObjectStore {
 public:
  explicit UntimedStore(const sim::Books& books) : books_(books) {}

  void preload(ObjectId object, sim::ObjectSize size) override { objects_.insert(object, size); }
  sim::Task<sim::StoreStatus> put(const sim::Host& from, ObjectId object,
                                  sim::ObjectSize size) override;
  sim::Task<sim::StoreStatus> get(const sim::Host& to, ObjectId object) override;
  sim::Task<sim::StoreStatus> exists(const sim::Host& from, ObjectId object) override;
  bool holds(ObjectId object) const override { return objects_.holds(object); }

 private:
  sim::Books books_;
  sim::ObjectTable objects_;
};

// Objects lie on the same servers as in the model, which take no more connections than there, but
// a handshake takes no time: a real connection is open already.
class UntimedServers final : public sim::StoreServers {
 public:
  explicit UntimedServers(std::unique_ptr<sim::StoreServers> model) : model_(std::move(model)) {}

  size_t server_of(ObjectId object) const override { return model_->server_of(object); }
  sim::Task<> handshake(const sim::Host&, ObjectId, int64_t) override { co_return; }
  bool connect(ObjectId object, int64_t connections) override {
    return model_->connect(object, connections);
  }
  void disconnect(ObjectId object, int64_t connections) override {
    model_->disconnect(object, connections);
  }

 private:
  std::unique_ptr<sim::StoreServers> model_;
};

// The modelled store without its time.
sim::StoreParts without_time(sim::StoreParts modelled, const sim::Books& books);

}  // namespace wukong::runtime
