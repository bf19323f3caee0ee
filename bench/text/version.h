// Which program this is. Written when the program is built, by write_version.cmake.
#pragma once

#include <string_view>

namespace wukong::text {

std::string_view program_version();
// Of the repository: a short hash, with "-dirty" if files were changed; "unknown" without git.
std::string_view program_commit();
// A digest of all sources that a result depends on. Results with the same digest and the same
// parameters are the same.
std::string_view program_sources();

}  // namespace wukong::text
