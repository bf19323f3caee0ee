#include "workloads/csv/csv_reader.h"

#include <algorithm>

#include "sim/base/error.h"
#include "test/bench/support/error_text.h"
#include "test/catch.h"
#include "test/workloads/csv/gzip.h"

namespace wukong::csv {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::string& text) {
  CsvReader csv(text_file("t.csv", text));
  Rows rows;
  while (csv.next()) {
    rows.emplace_back();
    for (size_t i = 0; i < csv.header().size(); ++i)
      rows.back().emplace_back(csv.text(ColumnId(i)));
  }
  return rows;
}

std::string complaint(const std::string& text) {
  return test::error_text([&] { rows_of(text); });
}

// One row of one field.
std::string number_complaint(const std::string& field) {
  return test::error_text([&] {
    CsvReader csv(text_file("t.csv", "a,b\nx," + field + "\n"));
    csv.next();
    csv.number(csv.column("b"), {0, 10});
  });
}

// Gives a few bytes at a time, as a pipe may.
class Trickle final : public ByteFile {
 public:
  explicit Trickle(std::string text) : text_(std::move(text)) {}
  const std::string& name() const override { return text_; }
  std::unique_ptr<ByteSource> open() const override {
    struct Bytes final : ByteSource {
      explicit Bytes(std::string_view text) : rest(text) {}
      size_t read(std::span<char> block) override {
        const size_t length = std::min({block.size(), rest.size(), size_t{3}});
        std::copy_n(rest.data(), length, block.data());
        rest.remove_prefix(length);
        return length;
      }
      std::string_view rest;
    };
    return std::make_unique<Bytes>(text_);
  }

 private:
  std::string text_;
};

}  // namespace

TEST_CASE("a CSV's fields are its text's, with quotes, CRLF, a mark, and no end of line at the end",
          "[csv]") {
  const Rows expected = {{"1", "two"}, {"3", ""}};
  CHECK(rows_of("a,b\n1,two\n3,\n") == expected);
  CHECK(rows_of("\xEF\xBB\xBF"
                "a,b\r\n1,two\r\n3,\r\n\r\n\n") == expected);
  CHECK(rows_of("a,b\n1,\"two\"\n\"3\",\"\"") == expected);
  CHECK(rows_of("a,b\n\"x, \"\"y\"\"\",z\n") == Rows{{"x, \"y\"", "z"}});
  CHECK(rows_of("a\n") == Rows{});
}

TEST_CASE("a gzip'd CSV is the CSV, in one member or in several, in blocks of any size", "[csv]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i) + ",x\n";
  const Rows plain = rows_of(text);
  CHECK(plain.size() == 50'000);
  CHECK(rows_of(test::gzip(text)) == plain);
  CHECK(rows_of(test::gzip(text.substr(0, 1001)) + test::gzip(text.substr(1001))) == plain);
  CsvReader slow(std::make_shared<Trickle>("\xEF\xBB\xBF" + text));
  size_t rows = 0;
  while (slow.next()) ++rows;
  CHECK(rows == 50'000);
  CHECK(slow.header() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("what is no CSV is an error with its file and line", "[csv]") {
  CHECK(complaint("") == "t.csv: expected a CSV file with a header, found an empty file");
  CHECK(complaint("\n\n") == "t.csv: expected a CSV file with a header, found an empty file");
  CHECK(complaint(test::gzip("")) ==
        "t.csv: expected a CSV file with a header, found an empty file");
  CHECK(complaint("a,a\n") == "t.csv:1: expected each column once, found \"a\" a second time");
  CHECK(complaint("a,b\n1,2\n3\n") == "t.csv:3: expected 2 fields, as the header has, found 1");
  CHECK(complaint("a,b\n1,2,3\n") == "t.csv:2: expected 2 fields, as the header has, found 3");
  CHECK(complaint("a\n1\n\n2\n") == "t.csv:3: expected a row, found an empty line");
  CHECK(complaint("a,b\n1,\"2\n") ==
        "t.csv:2: expected a closing quote in the same line, found \"2\"");
  CHECK(complaint("a,b\n\"1\"x,2\n") ==
        "t.csv:2: expected a comma after a quoted field, found \"x,2\"");
  CHECK(complaint(std::string("a\n1\0\n", 5)) == "t.csv:2: expected text, found a byte 0x00");
  CHECK(complaint("\x7f"
                  "ELF\x02\x01") == "t.csv:1: expected text, found a byte 0x7f");
  CHECK(complaint("\xFF\xFE"
                  "a") == "t.csv:1: expected UTF-8, found UTF-16");
}

TEST_CASE("a line without an end is an error long before the file's end", "[csv]") {
  class Endless final : public ByteFile {
   public:
    const std::string& name() const override { return name_; }
    std::unique_ptr<ByteSource> open() const override {
      struct Bytes final : ByteSource {
        size_t read(std::span<char> block) override {
          std::fill(block.begin(), block.end(), '7');
          return block.size();
        }
      };
      return std::make_unique<Bytes>();
    }

   private:
    std::string name_ = "t.csv";
  };
  CHECK(test::error_text([] { CsvReader csv(std::make_shared<Endless>()); }) ==
        "t.csv:1: expected a line of at most 131072 bytes, found a longer one");
  CHECK(complaint("a\n" + std::string(140'000, 'x') + "\n") ==
        "t.csv:2: expected a line of at most 131072 bytes, found a longer one");
  CHECK(rows_of("a\n" + std::string(131'072, 'x') + "\n").size() == 1);
}

TEST_CASE("a damaged gzip is an error with the line that it breaks", "[csv]") {
  std::string text = "a,b\n";
  for (int i = 0; i < 5'000; ++i) text += std::to_string(i * 7919 % 5003) + ",x\n";
  const std::string packed = test::gzip(text);
  const std::string truncated = complaint(packed.substr(0, packed.size() / 2));
  CHECK(truncated.ends_with("expected the rest of a gzip'd file, found the end of the file"));
  CHECK(truncated.starts_with("t.csv:"));
  CHECK(complaint(packed.substr(0, 5)) ==
        "t.csv:1: expected the rest of a gzip'd file, found the end of the file");
  std::string broken = packed;
  for (size_t i = packed.size() / 2; i < packed.size() / 2 + 40; ++i) broken[i] ^= 0x55;
  CHECK(complaint(broken).find("expected the rest of a gzip'd file, found ") != std::string::npos);
  CHECK(complaint(packed + "rubbish").find("expected the rest of a gzip'd file, found ") !=
        std::string::npos);
}

TEST_CASE("a number that is none, or out of bounds, is an error with its column", "[csv]") {
  const std::string place = "t.csv:2: column 2 (b): expected a number from 0 to 10, found ";
  CHECK(number_complaint("7") == "no error");
  CHECK(number_complaint("1e1") == "no error");
  for (const char* field : {"-1", "nan", "NaN", "inf", "11", "1e999", "7x", " 7", "+7", "0x7"})
    CHECK(number_complaint(field) == place + "\"" + field + "\"");
  CHECK(number_complaint("") == place + "nothing");
}

TEST_CASE("a column that is missing is an error that says what there is instead", "[csv]") {
  const CsvReader csv(text_file("t.csv", "app,fnc,end\n"));
  CHECK(test::error_text([&] { csv.column("func"); }) ==
        "t.csv:1: expected a column \"func\", found \"app, fnc, end\" (did you mean \"fnc\"?)");
  CHECK(test::error_text([&] { csv.refuse_columns_besides({"app", "end"}); }) ==
        "t.csv:1: expected no column but those of the format, found \"fnc\"");
}

}  // namespace wukong::csv
