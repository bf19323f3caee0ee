// The values themselves, as far as they are anywhere but in a store: which host's memory holds
// which object, and which messages carry one. Policies say here what their code does with values; a
// simulation moves sizes only and ignores it, the emulator moves the bytes, and a task that is run
// where an input is not fails.
//
// What a store delivers to a host and what a task makes there is in the host's memory without a
// word from the policy. A host's memory counts how often an object came; each drop takes one back.
#pragma once

#include "sim/platform/host.h"
#include "sim/platform/ids.h"

namespace wukong::sim {

class Values {
 public:
  virtual ~Values() = default;

  // The object is in the host's memory before the run.
  virtual void preload(const Host& host, ObjectId object) = 0;
  // The host's memory holds the object and puts it into a message: a payload, a publication.
  virtual void send(const Host& from, ObjectId object) = 0;
  // A message with the object has arrived.
  virtual void receive(const Host& to, ObjectId object) = 0;
  // A reply with the object went straight from one host to another.
  virtual void copy(const Host& from, const Host& to, ObjectId object) = 0;
  // The host's memory no longer needs to hold the object.
  virtual void drop(const Host& host, ObjectId object) = 0;
  // The program that ran on the host has ended, and its memory with it.
  virtual void clear(const Host& host) = 0;
  // The host is gone.
  virtual void remove(const Host& host) = 0;
};

class NoValues final : public Values {
 public:
  void preload(const Host&, ObjectId) override {}
  void send(const Host&, ObjectId) override {}
  void receive(const Host&, ObjectId) override {}
  void copy(const Host&, const Host&, ObjectId) override {}
  void drop(const Host&, ObjectId) override {}
  void clear(const Host&) override {}
  void remove(const Host&) override {}
};

}  // namespace wukong::sim
