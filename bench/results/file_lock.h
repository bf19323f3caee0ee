// Keeps two sweeps from writing one results file: an advisory lock on FILE.lock, which the system
// lets go when the process ends, however it ends. Readers do not take it. A FILE.lock that no sweep
// made (a link, a file with anything but a process number in it) is an Error, and stays as it is.
#pragma once

#include <string>

namespace wukong::results {

class FileLock {
 public:
  // Throws Error that names `path` and the process that has it.
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  std::string lock_path_;
  int descriptor_ = -1;
};

}  // namespace wukong::results
