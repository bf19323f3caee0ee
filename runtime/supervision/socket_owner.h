// Which process is at the other end of a connection over loopback.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

namespace wukong::supervision {

// The other end's socket, as /proc/PID/fd names it. Asked of the kernel by SOCK_DIAG; where that is
// not to be had, looked up in /proc/net/tcp. Absent: not found, so that nobody can be shown to have
// it. `socket` is a connected TCP socket of IPv4.
std::optional<uint64_t> peer_socket(int socket);
// Whether a process has it open, as far as we may see.
bool has_open(pid_t process, uint64_t socket);

}  // namespace wukong::supervision
