#include "bench/results/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "sim/base/error.h"

namespace wukong::results {
namespace {

// Whoever held the lock before may have removed the file that we opened.
bool is_still_there(int descriptor, const std::string& path) {
  struct stat opened{};
  struct stat present{};
  return ::fstat(descriptor, &opened) == 0 && ::lstat(path.c_str(), &present) == 0 &&
         opened.st_ino == present.st_ino && opened.st_dev == present.st_dev;
}

// Of a lock file: the number of the process that has it, or had it when it was killed.
constexpr size_t kLongestNumber = 20;

// Nothing if there is more in the file, or anything else.
std::optional<std::string> read_holder(int descriptor) {
  char bytes[kLongestNumber + 1];
  const ssize_t count = ::pread(descriptor, bytes, sizeof bytes, 0);
  if (count < 0 || static_cast<size_t>(count) > kLongestNumber) return std::nullopt;
  std::string text(bytes, static_cast<size_t>(count));
  if (text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return text;
}

[[noreturn]] void report_foreign(const std::string& path, const std::string& lock_path) {
  throw Error({path, 0, ""}, "that " + lock_path + " is free for the lock",
              "another file there, which is left as it is");
}

[[noreturn]] void report_holder(const std::string& path, const std::string& holder) {
  throw Error({path, 0, ""}, "a results file that is free",
              holder.empty() ? "one that another sweep is writing"
                             : "one that another sweep is writing (process " + holder + ")");
}

// A new file if there is none; else the one that is there, never what a link points to. Without
// waiting, should it be a pipe.
int open_lock(const std::string& path, const std::string& lock_path) {
  constexpr int kFlags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
  for (;;) {
    int descriptor = ::open(lock_path.c_str(), kFlags | O_CREAT | O_EXCL, 0666);
    if (descriptor < 0 && errno == EEXIST) descriptor = ::open(lock_path.c_str(), kFlags);
    if (descriptor >= 0) return descriptor;
    if (errno == ENOENT) continue;  // removed in between
    if (errno == ELOOP || errno == EISDIR || errno == ENXIO) report_foreign(path, lock_path);
    throw Error({path, 0, ""}, std::string("cannot be opened: ") + std::strerror(errno));
  }
}

// A lock of an earlier sweep has one name and a number in it. (A second name may be that of a file
// that somebody needs.)
bool is_ours(int descriptor) {
  struct stat opened{};
  return ::fstat(descriptor, &opened) == 0 && S_ISREG(opened.st_mode) && opened.st_nlink <= 1 &&
         read_holder(descriptor);
}

}  // namespace

FileLock::FileLock(const std::string& path) : lock_path_(path + ".lock") {
  for (;;) {
    descriptor_ = open_lock(path, lock_path_);
    const bool ours = is_ours(descriptor_);
    if (ours && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
      if (is_still_there(descriptor_, lock_path_)) break;
      ::close(descriptor_);
      continue;
    }
    const std::string holder = ours ? read_holder(descriptor_).value_or("") : "";
    ::close(descriptor_);
    if (!ours) report_foreign(path, lock_path_);
    report_holder(path, holder);
  }
  const std::string process = std::to_string(::getpid());
  // Only for the message above; the lock is what counts.
  if (::ftruncate(descriptor_, 0) != 0 ||
      ::write(descriptor_, process.data(), process.size()) < 0) {
  }
}

FileLock::~FileLock() {
  if (is_still_there(descriptor_, lock_path_)) ::unlink(lock_path_.c_str());
  ::close(descriptor_);
}

}  // namespace wukong::results
