// How many documents a YAML text has. yaml-cpp 0.7 has one call that reads all of them, which never
// ends where its parser finds documents without moving on (",b"); so they are counted before.
#pragma once

#include <cstddef>
#include <string>

namespace wukong::parameters {

// Not more than `most`, at which counting ends. Throws YAML::Exception for what is no YAML.
size_t count_yaml_documents(const std::string& text, size_t most);

}  // namespace wukong::parameters
