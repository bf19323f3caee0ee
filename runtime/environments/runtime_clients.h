// The runtime clients that ship with this program: what runs Python and Node handlers. Their texts
// are files of the folder clients.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wukong::environments {

struct RuntimeClient {
  std::string_view file;
  std::string_view text;
};
// Generated.
const std::vector<RuntimeClient>& runtime_clients();

// Writes all of them into a folder. Throws std::runtime_error.
void write_runtime_clients(const std::filesystem::path& folder);

// The command line of a runtime: the program's absolute path, and its arguments.
struct RuntimeProgram {
  std::vector<std::string> words;
  std::string missing;  // instead: what cannot be found
};
struct RuntimeFolders {
  std::filesystem::path code;
  std::filesystem::path clients;
};
RuntimeProgram runtime_program(const std::string& runtime, const RuntimeFolders& folders,
                               std::string_view search_path);

}  // namespace wukong::environments
