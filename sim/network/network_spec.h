// The parameters of the network and of its links.
#pragma once

#include <algorithm>
#include <optional>

#include "sim/base/bytes.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::network {

struct NetworkSpec {
  Bytes message_bytes;  // a transfer of at most so many is a message, and shares nothing

  void visit(FieldVisitor& v);
};

// A link's capacity. With a burst: `burst_rate` until `burst` bytes beyond the base rate have
// passed, then `rate`. Measured for AWS Lambda in arXiv 2501.07771: the allowance fills up to half
// of `burst` while the link is idle.
struct LinkSpec {
  Bandwidth rate;
  std::optional<Bytes> burst;
  Bandwidth burst_rate;

  // The most that it ever carries.
  Bandwidth peak() const { return burst ? std::max(rate, burst_rate) : rate; }
};

}  // namespace wukong::network
