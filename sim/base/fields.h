// How a struct of parameters shows its fields to whoever reads, prints or documents them. A struct
// with a `void visit(FieldVisitor&)` is all that the YAML reader, `--explain` and the presets need;
// so parameters are declared once, beside the model that uses them, and nothing here knows YAML.
//
// A field's unit is part of its key, last: `keep_alive_s`, `memory_mb`, `price_usd_per_hour`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/base/bytes.h"

namespace wukong {
class Duration;
class Money;
}  // namespace wukong

namespace wukong {

// What a value may be. Bounds are inclusive and in the unit of the key.
struct Bounds {
  double least;
  double most;
  std::string_view because = {};  // of the most, for whoever wants more

  bool contain(double value) const { return value >= least && value <= most; }
};
// Of what has a type with a most of its own: durations, bytes, bandwidths.
constexpr Bounds kPositive{1e-12, 1e18};
constexpr Bounds kNonNegative{0, 1e18};
constexpr Bounds kFraction{0, 1};
constexpr std::string_view kBecauseOfProducts = "a product of two of them has to fit into 64 bits";
constexpr Bounds kFactor{1e-12, 1e9, kBecauseOfProducts};
constexpr Bounds kCount{1, 1e9, kBecauseOfProducts};
constexpr Bounds kCountOrNone{0, 1e9, kBecauseOfProducts};
// Of a logarithm: with 3, one value in a hundred is 1,000 times the median.
constexpr Bounds kSigma{0, 3, "beyond it a few draws are all there is to a mean"};
// What takes memory for each: a server, a machine, an environment that waits.
constexpr Bounds kMachines{1, 10'000, "each takes memory of its own, with its links"};

// A file that a parameter names, with what was in it when the parameters were read. What uses the
// parameter opens no file itself: so whatever a result depends on has passed through the visitor,
// which can tell one content from another.
struct InputFile {
  std::string path;
  std::optional<std::string> content;  // nothing: nobody has read it
};

// The value of a field: where it lies in its struct, to be looked at or to be set.
struct FlagField {
  bool& value;
};
struct IntegerField {
  int64_t& value;
  Bounds bounds;
};
struct NumberField {
  double& value;
  Bounds bounds;
};
struct TextField {
  std::string& value;
};
// Whoever reads parameters reads the file, too; for others it is a text, its path.
struct FileField {
  InputFile& file;
};
struct ChoiceField {
  int& index;  // in `names`
  std::span<const std::string_view> names;
};
struct NumbersField {
  std::vector<double>& values;
  Bounds bounds;  // of each
};
// Names, say; one text alone is a list of one.
struct TextsField {
  std::vector<std::string>& values;
};
using Field = std::variant<FlagField, IntegerField, NumberField, TextField, FileField, ChoiceField,
                           NumbersField, TextsField>;

class FieldVisitor {
 public:
  virtual ~FieldVisitor() = default;

  virtual void take(std::string_view key, const Field& field) = 0;
  // What the field that comes next means, for whoever documents it: a phrase without a full stop.
  virtual void describe(std::string_view) {}
  // Whether a field that may be absent is there. YAML writes an absent one `none` (or `~`).
  virtual bool present(std::string_view key, bool currently) = 0;
  // A nested map begins, and ends.
  virtual void begin(std::string_view key) = 0;
  virtual void end() = 0;
  // The keys of a nested map, in order.
  virtual std::vector<std::string> keys(std::string_view key) = 0;

  // v.about("Rows of the matrix").field("rows", rows, {1, 1e9});
  FieldVisitor& about(std::string_view meaning) {
    describe(meaning);
    return *this;
  }
  void field(std::string_view key, bool& value) { take(key, FlagField{value}); }
  void field(std::string_view key, int64_t& value, Bounds bounds) {
    take(key, IntegerField{value, bounds});
  }
  void field(std::string_view key, double& value, Bounds bounds) {
    take(key, NumberField{value, bounds});
  }
  void field(std::string_view key, std::string& value) { take(key, TextField{value}); }
  void file(std::string_view key, InputFile& file) { take(key, FileField{file}); }
  void numbers(std::string_view key, std::vector<double>& values, Bounds bounds) {
    take(key, NumbersField{values, bounds});
  }
  void texts(std::string_view key, std::vector<std::string>& values) {
    take(key, TextsField{values});
  }
  // One of `names`; `index` says which.
  void choice(std::string_view key, int& index, std::span<const std::string_view> names) {
    take(key, ChoiceField{index, names});
  }
  template <class Enum, size_t Size>
  void choice(std::string_view key, Enum& value, const std::string_view (&names)[Size]) {
    int index = static_cast<int>(value);
    choice(key, index, std::span<const std::string_view>(names, Size));
    value = static_cast<Enum>(index);
  }

  // The unit comes from the key's end: _s, _ms, _us, _ns. At most 1e9 s, whatever the bounds; more
  // than nine of them do not fit into a Duration.
  void duration(std::string_view key, Duration& value, Bounds bounds = kNonNegative);
  // A duration after which something happens again and again: at least a tenth of a millisecond.
  void interval(std::string_view key, Duration& value);
  // _bytes, _kb, _mb, _gb (powers of 1000: objects, disks), _kib, _mib, _gib (powers of 1024). At
  // most 1e15 bytes, so that thousands of them fit into Bytes.
  void bytes(std::string_view key, Bytes& value, Bounds bounds = kNonNegative);
  // _mb_per_s, _mib_per_s, _gb_per_s, _gbit_per_s. At most Bandwidth::unlimited(), and at least so
  // much that the most bytes are through before the longest time that there is.
  void bandwidth(std::string_view key, Bandwidth& value) {
    bandwidth(key, value, Bandwidth::bytes_per_second(1'000'000));
  }
  void bandwidth(std::string_view key, Bandwidth& value, Bandwidth at_least);
  // _usd... At most a million dollars, of the nine that fit into Money.
  void money(std::string_view key, Money& value);

  // A parameter that may be absent. `show` visits its value, if there is one.
  template <class T, class Show>
  void optional(std::string_view key, std::optional<T>& value, const Show& show) {
    if (!present(key, value.has_value())) {
      value.reset();
      return;
    }
    if (!value) value.emplace();
    show(*value);
  }

  template <class Struct>
  void group(std::string_view key, Struct& nested) {
    begin(key);
    nested.visit(*this);
    end();
  }

  // A map from names, which are the user's, to structs.
  template <class Struct>
  void table(std::string_view key, std::map<std::string, Struct>& entries) {
    for (const std::string& name : keys(key)) entries.try_emplace(name);
    begin(key);
    for (auto& [name, value] : entries) {
      begin(name);
      value.visit(*this);
      end();
    }
    end();
  }
};

}  // namespace wukong
