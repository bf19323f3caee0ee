// A file, which can be read from its start as often as wanted, a block at a time. What
// opens files is not here (no workload does); a text that is in memory already is.
#pragma once

#include <memory>
#include <span>
#include <string>

namespace wukong::csv {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills a beginning of `block`, and returns its length; 0: the end. Throws Error for what cannot
  // be read. REQUIRES: `block` is not empty.
  virtual size_t read(std::span<char> block) = 0;
};

class ByteFile {
 public:
  virtual ~ByteFile() = default;
  virtual const std::string& name() const = 0;  // in messages
  virtual std::unique_ptr<ByteSource> open() const = 0;
};

using ByteFilePointer = std::shared_ptr<const ByteFile>;

// `content` is plain or gzip'd, as that of any other file.
ByteFilePointer text_file(std::string name, std::string content);

}  // namespace wukong::csv
