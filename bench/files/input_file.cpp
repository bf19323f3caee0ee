#include "bench/files/input_file.h"

#include <filesystem>
#include <fstream>
#include <vector>

#include "sim/base/error.h"

namespace wukong::files {
namespace {

// A workflow of ten million tasks takes about as much.
constexpr size_t kMostInputBytes = size_t{1} << 30;

[[noreturn]] void refuse(const std::string& path, const std::string& found) {
  throw Error(ErrorPlace{path, 0, ""}, "a readable file", found);
}

}  // namespace

std::string read_input_file(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) refuse(path, "no such file");
  if (std::filesystem::is_directory(status)) refuse(path, "a folder");
  if (std::filesystem::is_character_file(status)) refuse(path, "a device");
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::vector<char> block(1 << 16);
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    text.append(block.data(), static_cast<size_t>(file.gcount()));
    if (text.size() > kMostInputBytes) refuse(path, "one of more than 1 GiB");
  }
  if (!file.is_open() || file.bad()) refuse(path, "one that is not");
  return text;
}

}  // namespace wukong::files
