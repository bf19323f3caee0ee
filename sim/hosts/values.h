// The values themselves, while they are not in a store: which host's memory holds which object, and
// which messages carry one. A policy says here what its own code does with values. A simulation
// moves sizes only and ignores it; the emulator moves the bytes, and a task fails whose inputs are
// not in its host's memory.
//
// The platform knows, and a policy does not say: a store's `get` delivers the object into the
// host's memory; a task's execution leaves its outputs there; the memory of a function's
// environment is empty after each invocation, and gone with the environment. What a policy alone
// knows: that its code lets go of an object, that a message carries one, that a host has one from
// the start.
//
// A host's memory counts how often an object came; each drop takes one back.
#pragma once

#include <cstdint>

#include "sim/base/ids.h"

namespace wukong::hosts {
struct Host;
}  // namespace wukong::hosts

namespace wukong::hosts {

// Why a host's memory is empty.
enum class HostFate : uint8_t {
  vacated,  // the program that ran there has ended, and another may run there next
  removed,  // the host is gone
};

class Values {
 public:
  virtual ~Values() = default;

  // The object is in the host's memory before the run.
  virtual void preload(const Host& host, ObjectId object) = 0;
  // The host puts the object, which its memory holds, into a message: the payload of an invocation,
  // a publication. Said before the message leaves.
  virtual void send(const Host& from, ObjectId object) = 0;
  // A message with the object has arrived at the host. REQUIRES: send() was said of it.
  virtual void receive(const Host& to, ObjectId object) = 0;
  // One host has sent the object straight to another, in a reply.
  virtual void copy(const Host& from, const Host& to, ObjectId object) = 0;
  // The host's memory no longer needs to hold the object.
  virtual void drop(const Host& host, ObjectId object) = 0;
  // The host's memory holds nothing any more.
  virtual void clear(const Host& host, HostFate fate) = 0;
};

class NoValues final : public Values {
 public:
  void preload(const Host&, ObjectId) override {}
  void send(const Host&, ObjectId) override {}
  void receive(const Host&, ObjectId) override {}
  void copy(const Host&, const Host&, ObjectId) override {}
  void drop(const Host&, ObjectId) override {}
  void clear(const Host&, HostFate) override {}
};

}  // namespace wukong::hosts
