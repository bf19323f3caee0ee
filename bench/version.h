// Which program this is. Written when the program is built, by write_version.cmake.
#pragma once

#include <string_view>

namespace wukong::bench {

std::string_view program_version();
// Of the repository: a short hash, with "-dirty" if files were changed; "unknown" without git.
std::string_view program_commit();

}  // namespace wukong::bench
