// Zip files of foreigners, unpacked into a folder: whatever is in them, nothing is written outside
// of it, and no more than was allowed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace wukong::function_code {

class ZipError : public std::runtime_error {
 public:
  enum class Kind { no_zip, unsafe_name, too_large };
  ZipError(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

struct UnzipLimits {
  int64_t bytes = 262'144'000;  // of all files together, as they come out
  int64_t entries = 100'000;    // an assumption: Lambda names no number
};

// Makes the folder. Permissions are those of the zip file, and its owner may read all. Throws
// ZipError, and leaves a part of the files behind; std::filesystem::filesystem_error if they cannot
// be written.
void unzip(std::string_view zip, const std::filesystem::path& folder, const UnzipLimits& limits);

// Whether an entry of that name lies in the folder: it is relative, and nowhere goes up.
bool is_inside(std::string_view name);

}  // namespace wukong::function_code
