// The program of the supervisor and of the keepers: what runs in the processes that Supervisor
// forks. They come from a process with threads, so nothing here allocates memory or takes a lock.
//
// The supervisor only forks keepers. A keeper has one program, in a session of its own, and is what
// the kernel calls a subreaper: whatever the program starts remains the keeper's descendant, also
// what leaves its group and its session. A keeper whose control socket ends, because the server
// says so or is dead, kills all of them, and then ends. Should somebody kill a keeper, its program
// dies by its parent-death signal, and what is left falls to the supervisor, which kills it.
#pragma once

#include "runtime/supervision/launch_message.h"

namespace wukong::supervision {

// Returns when the server is gone and nothing is left of any environment. `message` is room for it.
void supervise(int socket, LaunchMessage& message);

}  // namespace wukong::supervision
