// What the process environments of one ProcessEnvironments share.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "runtime/environments/log_file.h"
#include "runtime/environments/process_environments.h"
#include "runtime/supervision/control_groups.h"
#include "runtime/supervision/process_tree.h"
#include "runtime/supervision/supervisor.h"

namespace wukong::environments {

// A folder of its own in the scratch folder, with the runtime clients. Deleted by the supervisor.
std::filesystem::path make_root(const std::filesystem::path& scratch);

struct ProcessEnvironments::Shared {
  Shared(boost::asio::io_context& io, const std::filesystem::path& scratch,
         const ProcessLimits& granted);
  ~Shared();

  std::filesystem::path clients() const { return root / "runtime"; }
  bool limits_memory() const { return groups && groups->limits_memory(); }
  bool limits_cpu() const { return groups && groups->limits_cpu(); }
  // Whether the other end of a connection belongs to an environment. Where the system does not tell
  // whose a socket is, everybody's does.
  bool may_connect(int socket, pid_t keeper, pid_t leader);
  // Ends what is left of an environment, of which this takes the control socket; then deletes its
  // folder.
  void bury(int control, const std::filesystem::path& folder);
  // Its control group, which has its folder's name.
  std::filesystem::path group_of(const std::filesystem::path& folder) const;

  boost::asio::io_context& loop;
  ProcessLimits limits;
  std::filesystem::path root;
  std::string search_path;
  bool knows_peers = false;
  uint64_t made = 0;
  std::shared_ptr<LogBudget> log_budget;
  supervision::ProcessTree tree;
  std::unique_ptr<supervision::ControlGroups> groups;  // null: none are permitted
  supervision::Supervisor supervisor;
  boost::asio::thread_pool deleter{1};
};

}  // namespace wukong::environments
