#include "bench/files/marked_block.h"

#include "test/bench/support/error_text.h"
#include "test/catch.h"

namespace wukong::files {
namespace {

const std::string kBegin = "<!-- tables: begin -->";
const std::string kEnd = "<!-- tables: end -->";

std::string document(const std::string& block) {
  return "# A\n\n" + kBegin + "\n" + block + kEnd + "\n\nafter\n";
}

TEST_CASE("a block goes between its markers, again and again, and nothing else changes",
          "[files]") {
  const std::string once = with_marked_block(document("old\n"), "f.md", "tables", "new\n");
  CHECK(once == document("\nnew\n\n"));
  CHECK(with_marked_block(once, "f.md", "tables", "new\n") == once);
}

TEST_CASE("a document without the block's markers is refused", "[files]") {
  const auto error = [](const std::string& text) {
    return test::error_text([&] { with_marked_block(text, "f.md", "tables", ""); });
  };
  CHECK(error(kEnd + "\n") == "f.md: expected one line that is " + kBegin + ", found none");
  CHECK(error("see " + kBegin + "\n" + kEnd + "\n") ==
        "f.md: expected one line that is " + kBegin + ", found none");
  CHECK(error(kBegin + "\n" + kBegin + "\n" + kEnd + "\n") ==
        "f.md: expected one line that is " + kBegin + ", found 2");
  CHECK(error(kEnd + "\n" + kBegin + "\n") ==
        "f.md: expected " + kBegin + " before " + kEnd + ", found the other order");
}

}  // namespace
}  // namespace wukong::files
