// The memory of applications where a trace does not say it: a Burr distribution, as Shahrad et al.
// (ATC'20) fitted it to Azure's. dslab-faas draws from the same one.
#pragma once

#include "sim/base/bytes.h"
#include "sim/base/fields.h"

namespace wukong::traces {

// A function's megabytes are 2^20 bytes, as those of AWS's settings.
Bytes memory_megabytes(double megabytes);

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
