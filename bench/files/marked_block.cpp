#include "bench/files/marked_block.h"

#include <fmt/format.h>

#include <vector>

#include "bench/files/text_file.h"
#include "sim/base/error.h"

namespace wukong::files {
namespace {

// Where the only line that is the marker begins.
size_t find_marker(const std::string& document, const std::string& file,
                   const std::string& marker) {
  std::vector<size_t> found;
  for (size_t at = document.find(marker); at != std::string::npos;
       at = document.find(marker, at + 1)) {
    const size_t end = at + marker.size();
    const bool starts_line = at == 0 || document[at - 1] == '\n';
    if (starts_line && (end == document.size() || document[end] == '\n')) found.push_back(at);
  }
  if (found.size() != 1)
    throw Error({file, 0, ""}, fmt::format("one line that is {}", marker),
                found.empty() ? "none" : std::to_string(found.size()));
  return found.front();
}

}  // namespace

std::string with_marked_block(const std::string& document, const std::string& file,
                              std::string_view name, const std::string& text) {
  const std::string first = fmt::format("<!-- {}: begin -->", name);
  const std::string last = fmt::format("<!-- {}: end -->", name);
  const size_t begin = find_marker(document, file, first) + first.size();
  const size_t end = find_marker(document, file, last);
  if (end < begin)
    throw Error({file, 0, ""}, fmt::format("{} before {}", first, last), "the other order");
  return document.substr(0, begin) + "\n\n" + text + "\n" + document.substr(end);
}

void write_marked_block(const std::string& file, std::string_view name, const std::string& text) {
  write_text_file(file, with_marked_block(read_text_file(file), file, name, text));
}

void check_marked_block(const std::string& file, std::string_view name) {
  with_marked_block(read_text_file(file), file, name, "");
}

bool has_marked_block(const std::string& document, std::string_view name) {
  return document.find(fmt::format("<!-- {}: begin -->", name)) != std::string::npos;
}

}  // namespace wukong::files
