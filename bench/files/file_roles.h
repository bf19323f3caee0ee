// What files a command uses, and what for: a file that is written may have no second role, or a
// slip in a command line would cost a suite, a baseline or a study. All files of a command are
// named here before the first is written.
#pragma once

#include <string>
#include <vector>

namespace wukong::files {

class FileRoles {
 public:
  // `role` is what the command line calls it, e.g. "--json". An empty path is no file. Throws Error
  // if the same file has another role already, and one of the two is to be written: the same by its
  // path, by a link, or as another name of one inode. What is written to /dev/null is no file.
  void reads(const std::string& role, const std::string& path);
  void writes(const std::string& role, const std::string& path);
  // A results file, with what stands beside it while it is written. (docs/sweeps.md)
  void writes_results(const std::string& role, const std::string& path);

 private:
  struct Entry {
    std::string role;
    std::string path;
    bool written;
  };
  void add(Entry entry);
  std::vector<Entry> entries_;
};

}  // namespace wukong::files
