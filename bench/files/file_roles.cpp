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

// Where a file will be that is not there yet: its folder may be there, by another name, and so may
// a link that leads to nothing.
fs::path future_place(const std::string& path) {
  constexpr int kMostLinks = 40;  // as many as Linux follows
  std::error_code error;
  fs::path place = fs::absolute(path, error);
  for (int links = 0; links < kMostLinks && fs::is_symlink(place, error); ++links)
    place = place.parent_path() / fs::read_symlink(place, error);
  return fs::weakly_canonical(place, error);
}

bool same_file(const std::string& a, const std::string& b) {
  return same_inode(place_of(a), place_of(b)) ||
         future_place(place_of(a)) == future_place(place_of(b));
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
