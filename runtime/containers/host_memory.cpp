#include "runtime/containers/host_memory.h"

#include <utility>

#include "sim/hosts/host.h"

namespace wukong::containers {

MissingValue::MissingValue(const hosts::Host& host, ObjectId object)
    : std::runtime_error("the policy uses object " + std::to_string(object.value()) + " on host " +
                         std::to_string(host.id.value()) + ", whose memory does not hold it") {}

HostMemory::~HostMemory() {
  for (const auto& memory : memories_)
    if (memory)
      for (Container* const container : memory->containers) container->kill();
}

HostMemory::Memory& HostMemory::memory_of(const hosts::Host& host) {
  if (host.id.index() >= memories_.size()) memories_.resize(host.id.index() + 1);
  auto& memory = memories_[host.id.index()];
  if (!memory) memory = std::make_unique<Memory>();
  return *memory;
}

const HostMemory::Entry* HostMemory::find(const hosts::Host& host, ObjectId object) const {
  if (host.id.index() >= memories_.size() || !memories_[host.id.index()]) return nullptr;
  const auto& entries = memories_[host.id.index()]->entries;
  const auto found = entries.find(object);
  return found == entries.end() ? nullptr : &found->second;
}

void HostMemory::add(const hosts::Host& host, ObjectId object, kernels::Value value) {
  Memory& memory = memory_of(host);
  Entry& entry = memory.entries[object];
  if (entry.times++ == 0) memory.held += value.size();
  entry.value = std::move(value);
}

const kernels::Value& HostMemory::get(const hosts::Host& host, ObjectId object) const {
  const Entry* const entry = find(host, object);
  if (entry == nullptr) throw MissingValue(host, object);
  return entry->value;
}

void HostMemory::preload(const hosts::Host& host, ObjectId object) {
  add(host, object, computation_.initial(object));
}

void HostMemory::send(const hosts::Host& from, ObjectId object) {
  messages_[object] = get(from, object);
}

void HostMemory::receive(const hosts::Host& to, ObjectId object) {
  const auto message = messages_.find(object);
  if (message == messages_.end()) throw MissingValue(to, object);
  add(to, object, message->second);
}

void HostMemory::copy(const hosts::Host& from, const hosts::Host& to, ObjectId object) {
  const kernels::Value value = get(from, object);
  add(to, object, value);
}

void HostMemory::drop(const hosts::Host& host, ObjectId object) {
  const Entry* const entry = find(host, object);
  if (entry == nullptr) return;
  Memory& memory = memory_of(host);
  const auto place = memory.entries.find(object);
  if (--place->second.times > 0) return;
  memory.held -= place->second.value.size();
  memory.entries.erase(place);
}

void HostMemory::clear(const hosts::Host& host, hosts::HostFate fate) {
  Memory& memory = memory_of(host);
  std::erase_if(memory.containers, [fate](Container* container) {
    if (fate == hosts::HostFate::vacated && container->idle()) return false;
    container->kill();
    return true;
  });
  memory.entries.clear();
  memory.held = Bytes(0);
  if (fate == hosts::HostFate::removed) memories_[host.id.index()].reset();
}

std::optional<kernels::Value> HostMemory::find_anywhere(ObjectId object) const {
  for (const auto& memory : memories_) {
    if (!memory) continue;
    const auto found = memory->entries.find(object);
    if (found != memory->entries.end()) return found->second.value;
  }
  return std::nullopt;
}

Bytes HostMemory::held(const hosts::Host& host) const {
  if (host.id.index() >= memories_.size() || !memories_[host.id.index()]) return Bytes(0);
  return memories_[host.id.index()]->held;
}

Container& HostMemory::container(const hosts::Host& host) {
  Memory& memory = memory_of(host);
  for (Container* const container : memory.containers)
    if (container->idle()) return *container;
  memory.containers.push_back(&pool_.make_container());
  return *memory.containers.back();
}

void HostMemory::kill(const hosts::Host& host, Container& container) {
  const auto killed = std::erase(memory_of(host).containers, &container);
  ENSURE(killed == 1, killed, host.id.value());
  container.kill();
}

}  // namespace wukong::containers
