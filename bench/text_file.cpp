#include "bench/text_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "sim/base/error.h"

namespace wukong::bench {
namespace {

constexpr size_t kMostBytes = size_t{64} << 20;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

[[noreturn]] void fail(const std::string& path, const std::string& what, int reason) {
  throw Error({path, 0, ""}, what + ": " + std::strerror(reason));
}

void write_all(const std::string& path, const std::string& target, std::string_view text) {
  File file(std::fopen(target.c_str(), "wb"));
  if (file == nullptr) fail(path, "cannot be written", errno);
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  if (!written || std::fclose(file.release()) != 0) {
    const int reason = errno;
    if (target != path) std::remove(target.c_str());
    fail(path, "cannot be written", reason);
  }
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

void write_text_file(const std::string& path, std::string_view text) {
  if (path == "-") {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (!written || std::fflush(stdout) != 0) fail("standard output", "cannot be written", errno);
    return;
  }
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(path, ignored);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    write_all(path, path, text);
    return;
  }
  const std::string beside = path + "." + std::to_string(::getpid()) + ".part";
  write_all(path, beside, text);
  if (std::rename(beside.c_str(), path.c_str()) != 0) {
    const int reason = errno;
    std::remove(beside.c_str());
    fail(path, "cannot be written", reason);
  }
}

}  // namespace wukong::bench
