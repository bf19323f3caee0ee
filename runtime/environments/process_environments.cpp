#include "runtime/environments/process_environments.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "runtime/environments/process_environment.h"
#include "runtime/environments/runtime_clients.h"
#include "runtime/environments/shared_processes.h"
#include "runtime/supervision/launch_message.h"
#include "runtime/supervision/socket_owner.h"
#include "sim/base/check.h"

namespace wukong::environments {
namespace {

std::string path_of_this_process() {
  const char* const path = getenv("PATH");
  return path == nullptr || *path == 0 ? "/usr/local/bin:/usr/bin:/bin" : path;
}

// Whether the kernel tells whose socket is at a connection's other end: tried with one of our own.
bool can_tell_peers() {
  using boost::asio::ip::tcp;
  boost::asio::io_context loop;
  tcp::acceptor acceptor(loop, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
  tcp::socket client(loop);
  client.connect(acceptor.local_endpoint());
  tcp::socket served = acceptor.accept();
  const auto found = supervision::peer_socket(served.native_handle());
  return found && supervision::has_open(getpid(), *found);
}

}  // namespace

std::filesystem::path make_root(const std::filesystem::path& scratch) {
  std::filesystem::create_directories(scratch);
  std::string pattern =
      (std::filesystem::canonical(scratch) / "wukong-environments-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    throw std::system_error(errno, std::generic_category(), "cannot make a folder " + pattern);
  return pattern;
}

ProcessEnvironments::Shared::Shared(boost::asio::io_context& io,
                                    const std::filesystem::path& scratch,
                                    const ProcessLimits& granted)
    : loop(io),
      limits(granted),
      root(make_root(scratch)),
      search_path(path_of_this_process()),
      knows_peers(can_tell_peers()),
      log_budget(std::make_shared<LogBudget>(LogBudget{granted.all_log_bytes})),
      groups(granted.control_groups ? supervision::ControlGroups::make(root.filename()) : nullptr),
      supervisor(io, {root, groups ? groups->folder() : std::filesystem::path()}) {
  write_runtime_clients(clients());
}

bool ProcessEnvironments::Shared::may_connect(int socket, pid_t keeper, pid_t leader) {
  if (!knows_peers) return true;
  const auto peer = supervision::peer_socket(socket);
  if (!peer || keeper <= 0) return false;
  if (supervision::has_open(leader, *peer)) return true;
  const std::vector<pid_t> processes = tree.descendants(keeper);
  for (auto process = processes.rbegin(); process != processes.rend(); ++process)
    if (supervision::has_open(*process, *peer)) return true;
  return false;
}

void ProcessEnvironments::Shared::bury(int control, const std::filesystem::path& folder) {
  boost::asio::post(deleter, [control, folder, group = group_of(folder)] {
    shutdown(control, SHUT_WR);
    supervision::KeeperMessage ignored;
    while (recv(control, &ignored, sizeof ignored, 0) > 0) {
    }
    close(control);
    std::error_code failed;
    std::filesystem::remove_all(folder, failed);
    // Its keeper has done that already, unless somebody has killed it.
    std::filesystem::remove(group, failed);
  });
}

std::filesystem::path ProcessEnvironments::Shared::group_of(
    const std::filesystem::path& folder) const {
  return groups ? groups->folder() / folder.filename() : std::filesystem::path();
}

ProcessEnvironments::Shared::~Shared() { deleter.join(); }

ProcessEnvironments::ProcessEnvironments(boost::asio::io_context& loop,
                                         const std::filesystem::path& scratch,
                                         const ProcessLimits& limits)
    : shared_(std::make_shared<Shared>(loop, scratch, limits)) {}

ProcessEnvironments::~ProcessEnvironments() = default;

std::string ProcessEnvironments::memory_limit() const {
  if (shared_->limits_memory())
    return "a function's processes together have no more than its memory (cgroup memory.max)";
  return "each process of a function may have as much writable memory of its own as the function "
         "(RLIMIT_DATA); what several processes of one function have is not added up, and memory "
         "that is mapped from files does not count";
}

std::string ProcessEnvironments::cpu_share() const {
  if (shared_->limits_cpu())
    return "a function has one core for each 1769 MB, of each 20 ms (cgroup cpu.max)";
  return "the CPU share that comes with a function's memory is not enforced: the kernel divides "
         "the "
         "cores evenly";
}

std::string ProcessEnvironments::freezing() const {
  if (shared_->groups)
    return "between calls all of a function's processes are frozen (cgroup.freeze)";
  return "between calls a function's process group is stopped (SIGSTOP); a process that has left "
         "the group runs on";
}

std::string ProcessEnvironments::isolation() const {
  if (!shared_->knows_peers)
    return "this system does not tell whose a connection is: every process of this machine can "
           "connect to a function's Runtime API";
  return "only a function's own processes can use its Runtime API; functions run as this user, "
         "without a container: they can read its files, signal its processes and use the network";
}

std::unique_ptr<Environment> ProcessEnvironments::make(const EnvironmentSpec& spec) {
  ENSURE(supports_runtime(spec.runtime), spec.runtime);
  return std::make_unique<ProcessEnvironment>(shared_, spec);
}

}  // namespace wukong::environments
