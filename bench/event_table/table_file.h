// A file of text that is written piece by piece, compressed if its name ends in .gz.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bench/files/output_file.h"

namespace wukong::event_table {

class TableFile {
 public:
  // Throws Error if the file cannot be made.
  explicit TableFile(const std::string& path);
  ~TableFile();

  void write(std::string_view text);
  // Throws WriteError if not all of it was written.
  void close();

 private:
  struct Packer;

  void pack(std::string_view text, int flush);

  files::OutputFile file_;
  std::unique_ptr<Packer> packer_;  // null: it is plain
};

}  // namespace wukong::event_table
