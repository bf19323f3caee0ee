// A preset's file as text, in which single values change: comments, layout and all other values
// stay as they are, byte for byte.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/parameters/parameter_tree.h"

namespace wukong::calibration {

class PresetText {
 public:
  // `origin` is what errors name: the file, or the preset. Throws Error if it is not a map in YAML.
  PresetText(std::string text, parameters::Origin origin);

  const std::string& text() const { return text_; }
  const parameters::Origin& origin() const { return origin_; }

  // The value of a number. Throws Error at `where` if the preset's own text has no such key (its
  // base may have it), or at the value if it is no number.
  double number(const std::vector<std::string>& key, const ErrorPlace& where) const;
  const std::string& source(const std::vector<std::string>& key) const;

  // REQUIRES: number() has succeeded for the key. A value that is equal already keeps its text.
  void set_number(const std::vector<std::string>& key, double value);
  void set_source(const std::vector<std::string>& key, const std::string& source);

 private:
  const parameters::ParameterTree* find(const std::vector<std::string>& key) const;
  void replace(size_t begin, size_t end, std::string_view with);

  std::string text_;
  parameters::Origin origin_;
  parameters::ParameterTree tree_;
};

// As it is written to a preset: the shortest text that reads back as the same number.
std::string number_text(double value);

}  // namespace wukong::calibration
