#include "workloads/csv/line_reader.h"

#include <algorithm>
#include <limits>

#include "workloads/csv/gunzip.h"

namespace wukong::csv {
namespace {

constexpr size_t kTextBlock = size_t{1} << 16;
constexpr std::string_view kGzipMark = "\x1f\x8b";
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16Marks[] = {"\xFF\xFE", "\xFE\xFF"};

// The bytes that somebody has read already, and then the rest.
class Unread final : public ByteSource {
 public:
  Unread(std::string first, std::unique_ptr<ByteSource> rest)
      : first_(std::move(first)), rest_(std::move(rest)) {}

  size_t read(std::span<char> block) override {
    if (given_ == first_.size()) return rest_->read(block);
    const size_t length = std::min(block.size(), first_.size() - given_);
    std::copy_n(first_.data() + given_, length, block.data());
    given_ += length;
    return length;
  }

 private:
  std::string first_;
  size_t given_ = 0;
  std::unique_ptr<ByteSource> rest_;
};

std::string hexadecimal(unsigned char byte) {
  constexpr char kDigits[] = "0123456789abcdef";
  return {'0', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
}

// As many bytes as `most`, unless there are fewer in all.
std::string first_bytes(ByteSource& bytes, size_t most) {
  std::string first(most, '\0');
  size_t length = 0;
  while (length < most) {
    const size_t more = bytes.read(std::span(first).subspan(length));
    if (more == 0) break;
    length += more;
  }
  first.resize(length);
  return first;
}

std::unique_ptr<ByteSource> begun_with(std::string first, std::unique_ptr<ByteSource> rest) {
  return std::make_unique<Unread>(std::move(first), std::move(rest));
}

}  // namespace

LineReader::LineReader(ByteFilePointer file) : file_(std::move(file)), block_(kTextBlock) {
  bytes_ = file_->open();
  const std::string packing = first_bytes(*bytes_, kGzipMark.size());
  bytes_ = begun_with(packing, std::move(bytes_));
  if (packing == kGzipMark) bytes_ = std::make_unique<Gunzip>(std::move(bytes_));
  std::string start;
  try {
    start = first_bytes(*bytes_, kUtf8Mark.size());
  } catch (const BadGzip& bad) {
    fail_unpacking(bad.what());
  }
  for (const std::string_view mark : kUtf16Marks)
    if (start.starts_with(mark)) throw Error({file_->name(), 1, ""}, "UTF-8", "UTF-16");
  if (start == kUtf8Mark) start.clear();
  bytes_ = begun_with(start, std::move(bytes_));
}

ErrorPlace LineReader::place(std::string key) const {
  constexpr int64_t kMost = std::numeric_limits<int>::max();
  return {file_->name(), static_cast<int>(std::min(line_, kMost)), std::move(key)};
}

void LineReader::fail_unpacking(const std::string& found) {
  ++line_;
  throw Error(place(), "the rest of a gzip'd file", found);
}

bool LineReader::read_block() {
  try {
    rest_ = {block_.data(), bytes_->read(block_)};
  } catch (const BadGzip& bad) {
    fail_unpacking(bad.what());
  }
  return !rest_.empty();
}

std::optional<std::string_view> LineReader::next_of_any_length() {
  joined_.clear();
  if (rest_.empty() && !read_block()) return std::nullopt;
  ++line_;
  size_t end = rest_.find('\n');
  while (end == std::string_view::npos) {
    joined_ += rest_;
    if (joined_.size() > kLongestLine)
      throw Error(place(), "a line of at most " + std::to_string(kLongestLine) + " bytes",
                  "a longer one");
    --line_;  // of what is wrong with the next block
    const bool more = read_block();
    ++line_;
    if (!more) return joined_;
    end = rest_.find('\n');
  }
  std::string_view line = rest_.substr(0, end);
  if (!joined_.empty()) line = joined_ += line;
  rest_.remove_prefix(end + 1);
  return line;
}

void LineReader::check_text(std::string_view line) const {
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t') || byte == 0x7f)
      throw Error(place(), "text", "a byte " + hexadecimal(byte));
  }
}

std::optional<std::string_view> LineReader::next() {
  std::optional<std::string_view> line = next_of_any_length();
  if (!line) return std::nullopt;
  if (line->size() > kLongestLine)
    throw Error(place(), "a line of at most " + std::to_string(kLongestLine) + " bytes",
                "a longer one");
  if (line->ends_with('\r')) line->remove_suffix(1);
  if (!line->empty()) {
    check_text(*line);
    return line;
  }
  const ErrorPlace empty_line = place();
  while ((line = next_of_any_length()))
    if (!line->empty() && *line != "\r") throw Error(empty_line, "a row", "an empty line");
  return std::nullopt;
}

}  // namespace wukong::csv
