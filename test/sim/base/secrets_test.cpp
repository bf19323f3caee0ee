#include "sim/base/secrets.h"

#include "test/catch.h"

namespace wukong {
namespace {

TEST_CASE("what may be a secret in an address is not shown", "[secrets]") {
  CHECK(without_secrets("redis://:abc@host:1/2") == "redis://***@host:1/2");
  CHECK(without_secrets("redis://me:a@b:c@[::1]:7") == "redis://***@[::1]:7");
  CHECK(without_secrets("redis://:a@x:1,redis://b:2, redis://:c@d") ==
        "redis://***@x:1,redis://b:2, redis://***@d");
  CHECK(without_secrets("--set emulation={store: redis://:abc, speed: 2}") ==
        "--set emulation={store: redis://:***, speed: 2}");
}

TEST_CASE("what is no secret stays", "[secrets]") {
  for (const std::string text :
       {"", "in-process", "redis://127.0.0.1:6379", "redis://[::1]:7/2", "unix:///r.sock?db=3",
        "me@example.org", "https://example.org/a:b", "--seed 7"})
    CHECK(without_secrets(text) == text);
}

}  // namespace
}  // namespace wukong
