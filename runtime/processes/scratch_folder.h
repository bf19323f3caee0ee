// A new folder among the system's temporary ones. The destructor deletes it with all that is in it.
#pragma once

#include <filesystem>

namespace wukong::processes {

class ScratchFolder {
 public:
  // Throws std::runtime_error if it cannot be made.
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace wukong::processes
