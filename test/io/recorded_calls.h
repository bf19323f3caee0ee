// What a program does to the files of one folder, written down as it happens (RECORD,
// RECORD_FOLDER): one line for each call, by the files' inodes, and after a line "write" its bytes.
//
//   open INODE created|known PATH      write INODE PLACE SIZE     truncate INODE SIZE
//   sync INODE                         rename FROM\tTO            remove PATH
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace recorded {

inline int log_file = -1;
inline std::atomic_flag busy = ATOMIC_FLAG_INIT;
inline const char* folder = nullptr;

inline void begin() {
  const char* const path = std::getenv("RECORD");
  folder = std::getenv("RECORD_FOLDER");
  if (path == nullptr || folder == nullptr) return;
  log_file = static_cast<int>(
      syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
}

inline bool within(const char* path) {
  return log_file >= 0 && std::strncmp(path, folder, std::strlen(folder)) == 0;
}

// The inode, or 0 if the file is none of the folder's: of another kind, or of no name there.
inline unsigned long inode_of(int file) {
  if (log_file < 0) return 0;
  char link[64];
  char path[4096];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  struct stat seen{};
  if (!within(path) || fstat(file, &seen) != 0) return 0;
  return S_ISREG(seen.st_mode) || S_ISDIR(seen.st_mode) ? seen.st_ino : 0;
}

inline void put(const char* line, const void* bytes = nullptr, size_t size = 0) {
  while (busy.test_and_set()) {
  }
  syscall(SYS_write, log_file, line, std::strlen(line));
  if (size > 0) syscall(SYS_write, log_file, bytes, size);
  busy.clear();
}

// Where a write() to the file goes.
inline off_t append_place(int file) { return log_file < 0 ? 0 : lseek(file, 0, SEEK_CUR); }

inline void wrote(int file, off_t place, const void* bytes, ssize_t size) {
  if (log_file < 0 || size <= 0 || place < 0) return;
  const unsigned long inode = inode_of(file);
  if (inode == 0) return;
  char line[128];
  std::snprintf(line, sizeof line, "write %lu %lld %zd\n", inode, static_cast<long long>(place),
                size);
  put(line, bytes, static_cast<size_t>(size));
}

inline void note(int file, const char* verb, const char* more) {
  const unsigned long inode = inode_of(file);
  if (inode == 0) return;
  char line[4200];
  std::snprintf(line, sizeof line, "%s %lu%s\n", verb, inode, more);
  put(line);
}

inline void truncated(int file, off_t size) {
  char more[32];
  std::snprintf(more, sizeof more, " %lld", static_cast<long long>(size));
  note(file, "truncate", more);
}

inline void synced(int file) { note(file, "sync", ""); }

inline void opened(int file, const char* path, bool created, bool emptied) {
  if (log_file < 0 || !within(path)) return;
  char more[4150];
  std::snprintf(more, sizeof more, " %s %s", created ? "created" : "known", path);
  note(file, "open", more);
  if (emptied && !created) truncated(file, 0);
}

inline void renamed(const char* from, const char* to) {
  if (log_file < 0 || !within(to)) return;
  char line[8300];
  std::snprintf(line, sizeof line, "rename %s\t%s\n", from, to);
  put(line);
}

inline void removed(const char* path) {
  if (log_file < 0 || !within(path)) return;
  char line[4200];
  std::snprintf(line, sizeof line, "remove %s\n", path);
  put(line);
}

}  // namespace recorded
