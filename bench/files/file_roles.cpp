#include "bench/files/file_roles.h"

#include <sys/stat.h>

#include <filesystem>
#include <utility>

#include "sim/base/error.h"

namespace wukong::files {
namespace {

namespace fs = std::filesystem;

std::string place_of(const std::string& path) { return path == "-" ? "/dev/stdout" : path; }

// Not std::filesystem::equivalent, which knows no devices.
bool same_inode(const std::string& a, const std::string& b) {
  struct stat one{};
  struct stat other{};
  return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 &&
         one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

bool same_file(const std::string& a, const std::string& b) {
  if (same_inode(place_of(a), place_of(b))) return true;
  std::error_code ignored;
  // Of files that are not there yet, the folders may be.
  const fs::path one = fs::weakly_canonical(place_of(a), ignored);
  return one == fs::weakly_canonical(place_of(b), ignored);
}

bool is_nothing(const std::string& path) { return path.empty() || same_inode(path, "/dev/null"); }

}  // namespace

void FileRoles::reads(const std::string& role, const std::string& path) {
  add({role, path, false});
}

void FileRoles::writes(const std::string& role, const std::string& path) {
  add({role, path, true});
}

void FileRoles::writes_results(const std::string& role, const std::string& path) {
  if (path.empty()) return;
  writes(role, path);
  for (const std::string beside : {"-journal", "-wal", "-shm", ".lock"})
    writes(role + " (" + beside + ")", path + beside);
}

void FileRoles::add(Entry entry) {
  if (is_nothing(entry.path)) return;
  for (const Entry& other : entries_)
    if ((entry.written || other.written) && same_file(entry.path, other.path))
      throw Error({entry.role, 0, ""}, "another file than " + other.role, "\"" + entry.path + "\"");
  entries_.push_back(std::move(entry));
}

}  // namespace wukong::files
