#include "bench/text/rows_text.h"

#include "test/catch.h"

namespace wukong::text {

TEST_CASE("CSV for spreadsheets has commas in numbers, and semicolons between fields", "[text]") {
  CHECK(csv_text_with_decimal_commas(
            {{"name", "time_s"}, {"a,b", "1.5"}, {"v1.5", "-2e-3"}, {"x;\"y\"", "7"}}) ==
        "name;time_s\na,b;1,5\nv1.5;-2e-3\n\"x;\"\"y\"\"\";7\n");
  CHECK(csv_text({{"name", "time_s"}, {"a,b", "1.5"}, {"x;y", "7"}}) ==
        "name,time_s\n\"a,b\",1.5\nx;y,7\n");
}

}  // namespace wukong::text
