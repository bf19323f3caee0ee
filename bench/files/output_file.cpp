#include "bench/files/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>

#include "sim/base/error.h"

namespace wukong::files {
namespace {

std::string reason_text(int reason) {
  return std::string("cannot be written: ") + std::strerror(reason);
}

[[noreturn]] void fail_to_open(const std::string& path, int reason) {
  throw Error({path, 0, ""}, reason_text(reason));
}

// A file that is there and has no bytes of its own to be replaced.
bool is_special(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(path, ignored);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
}

// A pipe, or a character device such as /dev/null. Whoever reads the pipe may come a moment later;
// without anybody, opening it would wait for ever.
int open_special(const std::string& path) {
  constexpr std::chrono::milliseconds kPause{10};
  constexpr int kTries = 500;
  const auto status = std::filesystem::status(path);
  if (std::filesystem::is_directory(status)) fail_to_open(path, EISDIR);
  if (!std::filesystem::is_fifo(status) && !std::filesystem::is_character_file(status))
    throw Error({path, 0, ""}, "a file, a pipe or a character device", "something else");
  int descriptor = -1;
  for (int i = 0; i < kTries; ++i) {
    descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor >= 0 || errno != ENXIO) break;
    std::this_thread::sleep_for(kPause);
  }
  if (descriptor < 0 && errno == ENXIO)
    throw Error({path, 0, ""}, "a pipe that somebody reads", "nobody there for 5 s");
  if (descriptor >= 0) ::fcntl(descriptor, F_SETFL, 0);
  return descriptor;
}

// A name beside the file that nobody has: what is there already, a symbolic link too, may be
// anybody's. Returns the descriptor; `name` is the file's name, and then that of the new file.
int open_new_beside(std::string& name) {
  constexpr int kMostTries = 1000;
  const std::string stem = name + "." + std::to_string(::getpid());
  for (int number = 0; number < kMostTries; ++number) {
    name = stem + (number == 0 ? "" : "-" + std::to_string(number)) + ".part";
    const int descriptor =
        ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

// A file that only its owner could read stays so.
void keep_permissions(int descriptor, const std::string& path) {
  struct stat old{};
  if (::lstat(path.c_str(), &old) != 0 || !S_ISREG(old.st_mode)) return;
  if (::fchmod(descriptor, old.st_mode & 0777) != 0) {  // then it has those of a new file
  }
}

// The new name survives a power loss only when the folder is on the disk.
void write_folder_to_disk(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  if (::fsync(descriptor) != 0) {  // some file systems have no such thing
  }
  ::close(descriptor);
}

// The files of this process that are written beside their places.
struct UnfinishedFiles {
  std::mutex mutex;
  OutputFile* first = nullptr;
};

UnfinishedFiles& unfinished_files() {
  static UnfinishedFiles files;
  return files;
}

}  // namespace

WriteError::WriteError(const std::string& path, int reason)
    : Error({path == "-" ? "standard output" : path, 0, ""}, reason_text(reason)),
      reader_gone_(path == "-" && reason == EPIPE) {}

void OutputFile::CloseFile::operator()(std::FILE* file) const {
  if (file != stdout) std::fclose(file);
}

OutputFile::OutputFile(std::string path) : path_(std::move(path)), written_to_(path_) {
  if (path_ == "-") {
    file_.reset(stdout);
    return;
  }
  const bool special = is_special(path_);
  const int descriptor = special ? open_special(path_) : open_new_beside(written_to_);
  if (descriptor < 0) fail_to_open(path_, errno);
  if (!special) {
    begin_part();
    keep_permissions(descriptor, path_);
  }
  file_.reset(::fdopen(descriptor, "wb"));
  if (file_ == nullptr) {
    const int reason = errno;
    ::close(descriptor);
    remove_part();
    fail_to_open(path_, reason);
  }
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

int OutputFile::descriptor() const { return ::fileno(file_.get()); }

const std::string& OutputFile::written_to() const { return written_to_; }

void OutputFile::close() {
  std::FILE* const file = file_.release();
  const bool renamed = written_to_ != path_;
  const auto note = [this](int result) {
    if (result != 0 && failed_ == 0) failed_ = errno;
  };
  note(std::fflush(file));
  // On the disk before it takes the place of what was there.
  if (renamed && failed_ == 0) note(::fsync(::fileno(file)));
  if (file != stdout) note(std::fclose(file));
  if (renamed && failed_ == 0) note(std::rename(written_to_.c_str(), path_.c_str()));
  if (renamed && failed_ == 0) end_part();
  if (renamed && failed_ == 0) write_folder_to_disk(path_);
  if (failed_ == 0) return;
  remove_part();
  throw WriteError(path_, failed_);
}

void OutputFile::begin_part() {
  UnfinishedFiles& files = unfinished_files();
  const std::lock_guard lock(files.mutex);
  next_ = std::exchange(files.first, this);
}

void OutputFile::end_part() noexcept {
  UnfinishedFiles& files = unfinished_files();
  const std::lock_guard lock(files.mutex);
  for (OutputFile** place = &files.first; *place != nullptr; place = &(*place)->next_)
    if (*place == this) {
      *place = next_;
      return;
    }
}

void OutputFile::remove_part() noexcept {
  if (written_to_ == path_) return;
  std::remove(written_to_.c_str());
  end_part();
}

void remove_unfinished_files() noexcept {
  // Who holds the lock makes or ends a file at this moment, and does not ask for memory meanwhile.
  UnfinishedFiles& files = unfinished_files();
  const std::lock_guard lock(files.mutex);
  for (const OutputFile* file = files.first; file != nullptr; file = file->next_)
    ::unlink(file->written_to_.c_str());
}

}  // namespace wukong::files
