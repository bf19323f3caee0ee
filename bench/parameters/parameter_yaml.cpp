#include "bench/parameters/parameter_yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "bench/files/text_file.h"
#include "bench/parameters/yaml_documents.h"
#include "bench/text/utf8.h"

namespace wukong::parameters {
namespace {

constexpr int kMostLevels = 64;
constexpr size_t kMostValues = 1'000'000;

// What is between the quotes of an error has to stay on one line.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

class Converter {
 public:
  explicit Converter(const Origin& origin) : origin_(origin) {}

  ParameterTree convert(const YAML::Node& node, const std::string& path, int level) {
    ParameterTree tree;
    tree.origin = origin_;
    if (tree.origin.kind != Origin::Kind::flag) tree.origin.line = node.Mark().line + 1;
    // Aliases can make a short file endless.
    if (level > kMostLevels || ++values_ > kMostValues)
      throw Error(tree.origin.place(path), "at most 64 levels and 1,000,000 values", "more");
    const bool is_quoted = is_text(node, path, tree.origin);
    if (node.IsMap()) {
      convert_map(node, path, level, tree);
    } else if (node.IsSequence()) {
      tree.kind = ParameterTree::Kind::list;
      for (const YAML::Node& item : node) tree.items.push_back(convert(item, path, level + 1));
    } else {
      tree.kind = ParameterTree::Kind::scalar;
      tree.text = node.IsNull() ? "" : node.Scalar();
      tree.quoted = !node.IsNull() && is_quoted;
    }
    return tree;
  }

 private:
  // What is in quotes or has the tag of texts, `!!str 3`, is never a number. No other tag means
  // anything here, and none at a map or a list.
  static bool is_text(const YAML::Node& node, const std::string& path, const Origin& origin) {
    const std::string& tag = node.Tag();
    if (tag.empty() || tag == "?") return false;
    if (node.IsMap() || node.IsSequence())
      throw Error(origin.place(path), node.IsMap() ? "a map without a tag" : "a list without a tag",
                  "\"" + tag + "\"");
    if (tag != "!" && tag != "tag:yaml.org,2002:str")
      throw Error(origin.place(path), "no tag but !!str", "\"" + tag + "\"");
    return true;
  }

  void convert_map(const YAML::Node& node, const std::string& path, int level,
                   ParameterTree& tree) {
    std::set<std::string> met;  // to look for each in the tree takes long in a map of thousands
    for (const auto& entry : node) {
      const YAML::Node& key_node = entry.first;
      Origin place = tree.origin;
      if (place.kind != Origin::Kind::flag) place.line = key_node.Mark().line + 1;
      if (!key_node.IsScalar()) throw Error(place.place(path), "a name as the key", "another form");
      const std::string& key = key_node.Scalar();
      if (const std::string shown = text::visible(key, text::LineBreaks::shown); shown != key)
        throw Error(place.place(path), "a key of printable characters", "\"" + shown + "\"");
      const std::string key_path = join_path(path, key);
      is_text(key_node, key_path, place);  // any tag but that of texts is an error
      if (!met.insert(key).second) throw Error(place.place(key_path), "this key occurs twice");
      ParameterTree value = convert(entry.second, key_path, level + 1);
      value.origin.line = place.line;
      tree.entries.push_back({key, std::move(value)});
    }
    take_documentation(path, tree);
  }

  // `{value: v, source: s}` becomes v, documented by s; a `source` among other keys documents them.
  // Maps of these names are keys like any other: the tasks of somebody's DAG, say.
  void take_documentation(const std::string& path, ParameterTree& tree) {
    const ParameterTree* source = tree.find("source");
    if (source != nullptr && !source->is_map()) {
      if (!source->is_scalar())
        throw Error(source->origin.place(join_path(path, "source")), "a text", source->describe());
      const std::string text = source->text;
      tree.remove("source");
      for (ParameterEntry& entry : tree.entries) document(entry.value, text);
    }
    const ParameterTree* value = tree.find("value");
    if (value == nullptr || value->is_map()) return;
    for (const ParameterEntry& entry : tree.entries)
      if (entry.key != "value")
        throw Error(entry.value.origin.place(join_path(path, entry.key)),
                    "only `source` beside `value`", "\"" + entry.key + "\"");
    ParameterTree leaf = *value;
    tree = std::move(leaf);
  }

  static void document(ParameterTree& tree, const std::string& source) {
    for (ParameterEntry& entry : tree.entries) document(entry.value, source);
    if (!tree.is_map() && tree.source.empty()) tree.source = source;
  }

  const Origin& origin_;
  size_t values_ = 0;
};

void check_text(const std::string& text, const Origin& origin) {
  const std::optional<size_t> bad = text::find_no_text(text);
  if (!bad) return;
  Origin place = origin;
  if (origin.kind != Origin::Kind::flag)
    place.line = 1 + static_cast<int>(std::count(
                         text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n'));
  throw Error(place.place(""), "text in UTF-8",
              fmt::format("the byte 0x{:02x}", static_cast<unsigned char>(text[*bad])));
}

}  // namespace

ParameterTree parse_yaml(const std::string& text, const Origin& origin) {
  check_text(text, origin);
  try {
    const size_t documents = count_yaml_documents(text, /*most=*/2);
    if (documents > 1) throw Error(origin.place(""), "one YAML document", "more");
    if (documents == 0) return ParameterTree::make_scalar("", origin);
    return Converter(origin).convert(YAML::Load(text), "", 0);
  } catch (const YAML::Exception& error) {
    Origin place = origin;
    if (origin.kind != Origin::Kind::flag && !error.mark.is_null())
      place.line = error.mark.line + 1;
    throw Error(place.place(""), "not valid YAML: " + first_line(error.msg));
  }
}

ParameterTree read_yaml_file(const std::string& path) {
  return parse_yaml(files::read_text_file(path), Origin{Origin::Kind::file, path, 0});
}

ParameterTree parse_flag_value(const std::string& text, const std::string& flag) {
  return parse_yaml(text, Origin{Origin::Kind::flag, flag, 0});
}

}  // namespace wukong::parameters
