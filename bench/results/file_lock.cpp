#include "bench/results/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "bench/text/text_file.h"
#include "sim/base/error.h"

namespace wukong::bench {
namespace {

// Whoever held the lock before may have removed the file that we opened.
bool is_still_there(int descriptor, const std::string& path) {
  struct stat opened{};
  struct stat present{};
  return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &present) == 0 &&
         opened.st_ino == present.st_ino && opened.st_dev == present.st_dev;
}

[[noreturn]] void report_holder(const std::string& path, const std::string& lock_path) {
  std::string holder;
  try {
    holder = read_text_file(lock_path);
  } catch (const Error&) {  // it has just ended
  }
  throw Error({path, 0, ""}, "a results file that is free",
              holder.empty() ? "one that another sweep is writing"
                             : "one that another sweep is writing (process " + holder + ")");
}

}  // namespace

FileLock::FileLock(const std::string& path) : lock_path_(path + ".lock") {
  for (;;) {
    descriptor_ = ::open(lock_path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0)
      throw Error({path, 0, ""}, std::string("cannot be opened: ") + std::strerror(errno));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      ::close(descriptor_);
      report_holder(path, lock_path_);
    }
    if (is_still_there(descriptor_, lock_path_)) break;
    ::close(descriptor_);
  }
  const std::string process = std::to_string(::getpid());
  // Only for the message above; the lock is what counts.
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::write(descriptor_, process.data(), process.size()) < 0) {
  }
}

FileLock::~FileLock() {
  ::unlink(lock_path_.c_str());
  ::close(descriptor_);
}

}  // namespace wukong::bench
