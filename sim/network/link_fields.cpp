#include "sim/network/link_fields.h"

namespace wukong::network {

void visit_link(FieldVisitor& v, LinkSpec& link, const LinkKeys& keys) {
  v.bandwidth(keys.rate, link.rate);
  v.optional(keys.burst, link.burst, [&](Bytes& allowance) {
    v.begin(keys.burst);
    v.bytes(keys.allowance, allowance, kPositive);
    v.bandwidth(keys.burst_rate, link.burst_rate, link.rate);
    v.end();
  });
}

}  // namespace wukong::network
