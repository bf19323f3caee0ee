// Where the files are that tests read: test/data in the source tree, and data that is shared beside
// the repository, which may be absent.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace wukong::test {

// As the build says, or from this file's own path.
inline std::filesystem::path source_folder() {
#ifdef WUKONG_SOURCE
  return WUKONG_SOURCE;
#else
  return std::filesystem::absolute(__FILE__).parent_path().parent_path().parent_path();
#endif
}

inline std::string test_data(const std::string& file) {
  return (source_folder() / "test" / "data" / file).string();
}

inline std::optional<std::string> shared_data(const std::string& file) {
  const std::filesystem::path path = source_folder() / ".." / "shared" / "data" / file;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return path.string();
}

}  // namespace wukong::test
