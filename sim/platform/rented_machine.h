// A machine that the run pays for, as its bill will say.
#pragma once

#include "sim/accounting/ledger.h"
#include "sim/base/time.h"

namespace wukong::hosts {
struct MachineType;
}  // namespace wukong::hosts

namespace wukong::platform {

struct RentedMachine {
  const hosts::MachineType* type;
  accounting::CostItem item;
  Time since;
};

}  // namespace wukong::platform
