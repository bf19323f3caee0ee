// gzip'd bytes, unpacked as they are read, in a window of zlib's that does not grow. Several gzip
// members in a row, as `cat a.gz b.gz` makes them, are one text.
#pragma once

#include <memory>
#include <stdexcept>
#include <vector>

#include "workloads/csv/byte_file.h"

namespace wukong::csv {

// What is wrong with the packed bytes; who reads lines of them knows the place.
class BadGzip : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Gunzip final : public ByteSource {
 public:
  explicit Gunzip(std::unique_ptr<ByteSource> packed);
  ~Gunzip() override;

  // Throws BadGzip.
  size_t read(std::span<char> block) override;

 private:
  struct Stream;

  bool fill();
  bool another_member();

  std::unique_ptr<ByteSource> packed_;
  std::vector<char> buffer_;
  std::unique_ptr<Stream> stream_;
  bool between_members_ = false;
};

}  // namespace wukong::csv
