// Where the files are that tests read: test/data in the source tree, and data that is shared beside
// the repository, which may be absent.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "test_paths.h"

namespace wukong::test {

inline std::filesystem::path source_folder() { return WUKONG_SOURCE; }

inline std::string test_data(const std::string& file) {
  return (source_folder() / "test" / "data" / file).string();
}

inline std::optional<std::string> shared_data(const std::string& file) {
  const std::filesystem::path path = source_folder() / ".." / "shared" / "data" / file;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return path.string();
}

}  // namespace wukong::test
