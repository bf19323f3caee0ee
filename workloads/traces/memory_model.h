// The memory of applications where a trace does not say it: a Burr distribution, as Shahrad et al.
// (ATC'20) fitted it to Azure's. dslab-faas draws from the same one.
#pragma once

#include <string_view>

#include "sim/base/bytes.h"
#include "sim/base/fields.h"

namespace wukong::traces {

// A function's megabytes are 2^20 bytes, as those of AWS's settings.
Bytes memory_megabytes(double megabytes);

// What a function gets of its application's memory, which is all that Azure's traces know.
enum class MemoryShare {
  equal,  // as much as each other function of it, as FaasCache and invitro take it
  whole,  // all of it, as dslab-faas takes it
};
constexpr std::string_view kMemoryShareNames[] = {"equal", "whole"};

// F(x) = 1 - (1 + (x / scale)^c)^-k.
struct BurrMemory {
  double c = 11.652;
  double k = 0.221;
  double scale_mb = 107.083;

  // As `c`, `k`, `scale_mb`.
  void visit(FieldVisitor& v);
  // In megabytes. REQUIRES: 0 <= probability < 1.
  double quantile(double probability) const;
};

}  // namespace wukong::traces
