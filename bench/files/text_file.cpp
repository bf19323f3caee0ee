#include "bench/files/text_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "bench/files/output_file.h"
#include "sim/base/error.h"

namespace wukong::files {
namespace {

constexpr size_t kMostBytes = size_t{64} << 20;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

[[noreturn]] void fail(const std::string& path, const std::string& what, int reason) {
  throw Error({path, 0, ""}, what + ": " + std::strerror(reason));
}

}  // namespace

std::string read_text_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) fail(path, "cannot be read", EISDIR);
  const File file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) fail(path, "cannot be read", errno);
  std::string text;
  char block[1 << 14];
  while (const size_t got = std::fread(block, 1, sizeof block, file.get())) {
    text.append(block, got);
    if (text.size() > kMostBytes)
      throw Error({path, 0, ""}, "a file of at most 64 MiB", "a larger one");
  }
  if (std::ferror(file.get()) != 0) fail(path, "cannot be read", errno);
  return text;
}

void check_can_be_written(const std::string& path) {
  if (path.empty() || path == "-") return;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) fail(path, "cannot be written", EISDIR);
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const std::string folder = parent.empty() ? "." : parent.string();
  if (!std::filesystem::is_directory(folder, ignored))
    throw Error({path, 0, ""}, "a file in a folder that exists", folder);
  const bool there =
      std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored);
  if (::access(there ? path.c_str() : folder.c_str(), W_OK) != 0)
    fail(path, "cannot be written", errno);
}

void write_text_file(const std::string& path, std::string_view text) {
  OutputFile file(path);
  file.write(text);
  file.close();
}

}  // namespace wukong::files
