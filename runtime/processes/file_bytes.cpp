#include "runtime/processes/file_bytes.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace wukong::processes {
namespace {

// An error is one line on a terminal: enough for a Python exception with the line that threw it.
constexpr size_t kLines = 3;
constexpr int64_t kMostBytes = 2000;

}  // namespace

kernels::Value read_value(const std::filesystem::path& path) {
  const auto size = static_cast<int64_t>(std::filesystem::file_size(path));
  std::ifstream file(path, std::ios::binary);
  kernels::Buffer buffer{Bytes(size)};
  file.read(reinterpret_cast<char*>(buffer.bytes().data()), size);
  if (file.gcount() != size) throw std::runtime_error("cannot read " + path.string());
  return std::move(buffer).freeze();
}

void write_bytes(std::ostream& stream, const kernels::Value& value) {
  stream.write(reinterpret_cast<const char*>(value.bytes().data()),
               static_cast<std::streamsize>(value.bytes().size()));
}

std::string last_lines(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = static_cast<int64_t>(std::filesystem::file_size(path, error));
  if (error) return "";
  std::ifstream file(path, std::ios::binary);
  file.seekg(std::max<int64_t>(0, size - kMostBytes));
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    std::ranges::replace_if(line, [](unsigned char c) { return c < ' '; }, ' ');
    if (line.find_first_not_of(' ') != std::string::npos) lines.push_back(line);
  }
  std::string text;
  for (size_t i = lines.size() - std::min(kLines, lines.size()); i < lines.size(); ++i)
    text += (text.empty() ? "" : " | ") + lines[i];
  return text;
}

}  // namespace wukong::processes
