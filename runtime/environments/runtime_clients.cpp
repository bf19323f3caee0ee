#include "runtime/environments/runtime_clients.h"

#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "runtime/environments/environment_spec.h"

namespace wukong::environments {
namespace {

// An executable of one of these names along a search path like PATH's; the first name first.
std::string program_along(std::string_view search_path, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    for (size_t at = 0; at <= search_path.size();) {
      const size_t end = std::min(search_path.find(':', at), search_path.size());
      const std::string path = std::string(search_path.substr(at, end - at)) + "/" + name;
      if (path.front() == '/' && end > at && access(path.c_str(), X_OK) == 0) return path;
      at = end + 1;
    }
  }
  return {};
}

bool begins(const std::string& text, std::string_view beginning) {
  return text.compare(0, beginning.size(), beginning) == 0;
}

}  // namespace

bool supports_runtime(const std::string& runtime) {
  return begins(runtime, "provided") || begins(runtime, "python3") || begins(runtime, "nodejs");
}

void write_runtime_clients(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const RuntimeClient& client : runtime_clients()) {
    std::ofstream file(folder / client.file, std::ios::binary);
    file << client.text;
    file.close();
    if (!file) throw std::runtime_error("cannot write " + (folder / client.file).string());
  }
}

RuntimeProgram runtime_program(const std::string& runtime, const RuntimeFolders& folders,
                               std::string_view search_path) {
  if (begins(runtime, "python3")) {
    const std::string python = program_along(search_path, {runtime, "python3"});
    if (python.empty()) return {{}, "no " + runtime + " and no python3 on PATH"};
    return {{python, (folders.clients / "python_runtime.py").string()}, {}};
  }
  if (begins(runtime, "nodejs")) {
    const std::string node = program_along(search_path, {"node", "nodejs"});
    if (node.empty()) return {{}, "no node on PATH"};
    return {{node, (folders.clients / "node_runtime.mjs").string()}, {}};
  }
  const std::string bootstrap = (folders.code / "bootstrap").string();
  if (access(bootstrap.c_str(), F_OK) != 0)
    return {{}, "Couldn't find valid bootstrap(s): [" + bootstrap + "]"};
  return {{bootstrap}, {}};
}

}  // namespace wukong::environments
