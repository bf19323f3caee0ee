#include "bench/text/output_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "sim/base/error.h"

namespace wukong::bench {
namespace {

[[noreturn]] void fail(const std::string& path, int reason) {
  throw Error({path == "-" ? "standard output" : path, 0, ""},
              std::string("cannot be written: ") + std::strerror(reason));
}

// A file that is there and has no bytes of its own to be replaced.
bool is_special(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(path, ignored);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
}

}  // namespace

void OutputFile::CloseFile::operator()(std::FILE* file) const {
  if (file != stdout) std::fclose(file);
}

OutputFile::OutputFile(std::string path) : path_(std::move(path)), written_to_(path_) {
  if (path_ == "-") {
    file_.reset(stdout);
    return;
  }
  if (!is_special(path_)) written_to_ += "." + std::to_string(::getpid()) + ".part";
  file_.reset(std::fopen(written_to_.c_str(), "wb"));
  if (file_ == nullptr) fail(path_, errno);
}

OutputFile::~OutputFile() {
  if (file_ == nullptr) return;
  file_.reset();
  remove_part();
}

void OutputFile::write(std::string_view text) noexcept {
  if (failed_ != 0) return;
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) failed_ = errno;
}

void OutputFile::close() {
  std::FILE* const file = file_.release();
  const int result = file == stdout ? std::fflush(file) : std::fclose(file);
  if (result != 0 && failed_ == 0) failed_ = errno;
  if (failed_ == 0 && written_to_ != path_ && std::rename(written_to_.c_str(), path_.c_str()) != 0)
    failed_ = errno;
  if (failed_ == 0) return;
  remove_part();
  fail(path_, failed_);
}

void OutputFile::remove_part() noexcept {
  if (written_to_ != path_) std::remove(written_to_.c_str());
}

}  // namespace wukong::bench
