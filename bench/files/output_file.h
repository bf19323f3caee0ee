// A file that is written piece by piece. It is written beside its place and takes its name when it
// is closed and on the disk, so that nobody ever sees half of it; what is not closed is removed.
// The name beside it is a new one: no file and no symbolic link that stands there is ever opened. A
// link at the place itself is replaced, and what it pointed to stays as it is. `-` is the standard
// output; what is not a regular file (a pipe, a device) is written directly.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "sim/base/error.h"

namespace wukong::files {

// Something could not be written although the place for it is there: a full disk, a standard output
// that is closed. Nothing is wrong with the input.
class WriteError final : public Error {
 public:
  WriteError(const std::string& path, int reason);
  // Whoever read the standard output has gone, and wants to hear nothing.
  bool reader_gone() const { return reader_gone_; }

 private:
  bool reader_gone_;
};

class OutputFile {
 public:
  // Throws Error if the file cannot be made.
  explicit OutputFile(std::string path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  // Never throws; once something could not be written, the rest is dropped.
  void write(std::string_view text) noexcept;
  // For another program to write to, and where that is to be read again.
  int descriptor() const;
  const std::string& written_to() const;
  // Throws WriteError if not all of it was written.
  void close();

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const;
  };

  friend void remove_unfinished_files() noexcept;

  void begin_part();
  void end_part() noexcept;
  void remove_part() noexcept;

  OutputFile* next_ = nullptr;  // that is written beside its place, too
  std::string path_;
  std::string written_to_;  // the path, or what is renamed to it
  std::unique_ptr<std::FILE, CloseFile> file_;
  int failed_ = 0;  // errno of the first write that did
};

// Removes what stands beside its place and has not taken its name. For who ends the program without
// going back through destructors, for lack of memory; needs none.
void remove_unfinished_files() noexcept;

}  // namespace wukong::files
