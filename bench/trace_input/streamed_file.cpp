#include "bench/trace_input/streamed_file.h"

#include <filesystem>
#include <fstream>
#include <vector>

#include "bench/text/digest.h"
#include "sim/base/error.h"

namespace wukong::trace_input {
namespace {

constexpr size_t kDigestBlock = size_t{1} << 16;

[[noreturn]] void refuse_file(const std::string& path, const std::string& found) {
  throw Error(ErrorPlace{path, 0, ""}, "a readable file", found);
}

class StreamedBytes final : public csv::ByteSource {
 public:
  explicit StreamedBytes(const std::string& path) : path_(path), file_(path, std::ios::binary) {
    if (!file_.is_open()) refuse_file(path_, "one that is not");
  }

  size_t read(std::span<char> block) override {
    file_.read(block.data(), static_cast<std::streamsize>(block.size()));
    if (file_.bad()) refuse_file(path_, "one that is not");
    return static_cast<size_t>(file_.gcount());
  }

 private:
  std::string path_;
  std::ifstream file_;
};

class StreamedFile final : public csv::ByteFile {
 public:
  explicit StreamedFile(std::string path) : path_(std::move(path)) {}

  const std::string& name() const override { return path_; }
  std::unique_ptr<csv::ByteSource> open() const override {
    return std::make_unique<StreamedBytes>(path_);
  }

 private:
  std::string path_;
};

}  // namespace

csv::ByteFilePointer streamed_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) refuse_file(path, "no such file");
  if (std::filesystem::is_directory(status)) refuse_file(path, "a folder");
  // Whatever has no end, or can be read only once.
  if (!std::filesystem::is_regular_file(status)) refuse_file(path, "a device or a pipe");
  return std::make_shared<StreamedFile>(path);
}

csv::ByteFilePointer stream_input(const InputFile& file) { return streamed_file(file.path); }

std::string streamed_digest(const csv::ByteFilePointer& file) {
  text::Digest digest;
  std::vector<char> block(kDigestBlock);
  const auto bytes = file->open();
  while (true) {
    size_t length = 0;  // of whole blocks, so that it does not matter how the bytes come
    while (length < block.size()) {
      const size_t more = bytes->read(std::span(block).subspan(length));
      if (more == 0) break;
      length += more;
    }
    digest.add(std::string_view(block.data(), length));
    if (length < block.size()) return digest.text();
  }
}

}  // namespace wukong::trace_input
