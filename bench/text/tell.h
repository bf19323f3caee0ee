// The one way to people who watch the program: stderr. What cannot be written there (it is closed,
// a full disk, a pipe that nobody reads) is dropped: a result does not depend on who watches, and
// there is nobody left to tell. What is a result goes to files::OutputFile.
#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace wukong::text {

// Whole lines or a line that is drawn again; the text as it is, see visible() for foreign ones.
void tell_text(std::string_view text) noexcept;

template <class... Args>
void tell(fmt::format_string<Args...> format, Args&&... args) {
  tell_text(fmt::format(format, std::forward<Args>(args)...));
}

// Before any file is opened: a standard stream that is closed gets a place where nothing can be
// read and nothing written. Otherwise the next file would take its number, and the messages with
// it. A pipe that nobody reads becomes an error of writing, instead of the end of the program.
void guard_standard_streams();

}  // namespace wukong::text
