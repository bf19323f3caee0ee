#include "sim/base/bytes.h"

#include "test/catch.h"

namespace wukong {
namespace {

using namespace literals;

TEST_CASE("binary multiples of bytes are powers of 1024") {
  CHECK(Bytes::kibi(1).count() == 1024);
  CHECK(Bytes::mebi(1) == 1024 * Bytes::kibi(1));
  CHECK(Bytes::gibi(1) == Bytes::mebi(1) * 1024);
}

TEST_CASE("a transfer's time is rounded up to the next nanosecond") {
  // 10 bytes at 3 bytes/s: 10/3 s = 3.333... s
  CHECK(transfer_time(Bytes(10), Bandwidth::bytes_per_second(3)).count_ns() == 3'333'333'334);
  // 1 byte at 1 GB/s: exactly 1 ns
  CHECK(transfer_time(Bytes(1), Bandwidth::bytes_per_second(1'000'000'000)) == 1_ns);
  CHECK(transfer_time(Bytes(0), Bandwidth::bytes_per_second(7)) == 0_ns);
}

TEST_CASE("a transfer's time does not overflow where amount times 1e9 exceeds 64 bits") {
  // 1 TiB at 1 MiB/s: 2^20 s
  CHECK(transfer_time(Bytes::gibi(1024), Bandwidth::mebi_per_second(1)) ==
        Duration::seconds(1 << 20));
}

TEST_CASE("the amount that passes in a time is rounded down") {
  CHECK(amount_in(3333333333_ns, Bandwidth::bytes_per_second(3)) == Bytes(9));
  CHECK(amount_in(10_s, Bandwidth::mebi_per_second(100)) == Bytes::mebi(1000));
}

TEST_CASE("no more than the amount passes in a transfer's time less one nanosecond") {
  // transfer_time is the least t with rate * t >= amount.
  for (const int64_t amount : {1, 2, 999, 1'000'001}) {
    for (const int64_t rate : {1, 3, 7, 1'000'003}) {
      const auto bandwidth = Bandwidth::bytes_per_second(rate);
      const Duration time = transfer_time(Bytes(amount), bandwidth);
      CHECK(amount_in(time, bandwidth) >= Bytes(amount));
      CHECK(amount_in(time - 1_ns, bandwidth) < Bytes(amount));
    }
  }
}

}  // namespace
}  // namespace wukong
