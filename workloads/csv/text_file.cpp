#include <algorithm>

#include "workloads/csv/byte_file.h"

namespace wukong::csv {
namespace {

class TextBytes final : public ByteSource {
 public:
  explicit TextBytes(const std::string& text) : rest_(text) {}

  size_t read(std::span<char> block) override {
    const size_t length = std::min(block.size(), rest_.size());
    std::copy_n(rest_.data(), length, block.data());
    rest_.remove_prefix(length);
    return length;
  }

 private:
  std::string_view rest_;
};

class TextFile final : public ByteFile {
 public:
  TextFile(std::string name, std::string content)
      : name_(std::move(name)), content_(std::move(content)) {}

  const std::string& name() const override { return name_; }
  std::unique_ptr<ByteSource> open() const override {
    return std::make_unique<TextBytes>(content_);
  }

 private:
  std::string name_;
  std::string content_;
};

}  // namespace

ByteFilePointer text_file(std::string name, std::string content) {
  return std::make_shared<TextFile>(std::move(name), std::move(content));
}

}  // namespace wukong::csv
