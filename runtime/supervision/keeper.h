// A keeper: see supervision.h.
#pragma once

#include "runtime/supervision/launch_message.h"

namespace wukong::supervision {

struct KeeperDescriptors {
  int control;
  int output;
};

// Starts the program, and returns when nothing is left of it. Signals are blocked.
void keep(LaunchMessage& message, const KeeperDescriptors& descriptors);

// Kills the children of the calling process that are not in its own process group. Returns whether
// there were any that still ran.
bool kill_foreign_children();

}  // namespace wukong::supervision
