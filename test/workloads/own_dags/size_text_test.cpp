#include "workloads/own_dags/size_text.h"

#include "test/catch.h"

namespace wukong::own_dags {

TEST_CASE("a size is a number of bytes, or has a unit of thousands or of 1,024s") {
  CHECK(read_size("0") == Bytes(0));
  CHECK(read_size("1000") == Bytes(1000));
  CHECK(read_size("1e3") == Bytes(1000));
  CHECK(read_size("12 B") == Bytes(12));
  CHECK(read_size("1.5kB") == Bytes(1500));
  CHECK(read_size("1MB") == Bytes(1'000'000));
  CHECK(read_size("2 gb") == Bytes(2'000'000'000));
  CHECK(read_size("1TB") == Bytes(1'000'000'000'000));
  CHECK(read_size("1KiB") == Bytes(1024));
  CHECK(read_size("0.5 MiB") == Bytes(524'288));
  CHECK(read_size("1000TB") == Bytes(1'000'000'000'000'000));
}

TEST_CASE("what is no size is none") {
  for (const char* const text : {"", "MB", "1 MBB", "-1", "-1kB", "1001TB", "1e300", "nan", "inf",
                                 "1 M B", "1,5MB", "0x10"}) {
    CAPTURE(text);
    CHECK(read_size(text) == std::nullopt);
  }
}

TEST_CASE("a size is written in the largest unit that it is a whole number of") {
  for (const auto& [count, text] : {std::pair<int64_t, const char*>{0, "0"},
                                    {999, "999"},
                                    {1000, "1kB"},
                                    {1500, "1500"},
                                    {2'500'000, "2500kB"},
                                    {3'000'000'000, "3GB"},
                                    {1'000'000'000'000'000, "1000TB"}}) {
    CHECK(size_text(Bytes(count)) == text);
    CHECK(read_size(text) == Bytes(count));
  }
}

}  // namespace wukong::own_dags
