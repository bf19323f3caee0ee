#include "runtime/environments/log_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "runtime/environments/outcome.h"

namespace wukong::environments {

LogFile::LogFile(const std::filesystem::path& file, uint64_t limit,
                 std::shared_ptr<LogBudget> budget)
    : file_(open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)),
      bytes_left_(limit),
      limit_(limit),
      budget_(std::move(budget)) {}

LogFile::~LogFile() {
  flush();
  if (file_ >= 0) close(file_);
}

void LogFile::append(std::string_view text) {
  add(text);
  flush();
}

void LogFile::flush() {
  write(unwritten_);
  unwritten_.clear();
}

void LogFile::add(std::string_view text) {
  if (text.empty()) return;
  in_line_ = text.back() != '\n';
  unwritten_ += text;
  tail_.append(text.size() > kLogTail ? text.substr(text.size() - kLogTail) : text);
  if (tail_.size() > 2 * kLogTail) tail_.erase(0, tail_.size() - kLogTail);
}

void LogFile::append_line(std::string_view line) {
  std::string text(in_line_ ? "\n" : "");
  text += line;
  text += '\n';
  add(text);
}

std::string LogFile::tail() const {
  return tail_.substr(tail_.size() - std::min(tail_.size(), kLogTail));
}

void LogFile::write(std::string_view text) {
  if (file_ < 0 || full_ || text.empty()) return;
  const uint64_t fits = std::min({uint64_t{text.size()}, bytes_left_, budget_->bytes_left});
  if (fits > 0 && ::write(file_, text.data(), fits) < 0) return;
  bytes_left_ -= fits;
  budget_->bytes_left -= fits;
  if (fits == text.size()) return;
  full_ = true;
  const std::string note = fmt::format(
      "\n[what is printed beyond {} is dropped]\n",
      bytes_left_ == 0 ? fmt::format("{} bytes", limit_) : "the limit of all log files");
  (void)!::write(file_, note.data(), note.size());
}

}  // namespace wukong::environments
