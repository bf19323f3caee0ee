// Why a system can never run a DAG.
#pragma once

#include <string>

namespace wukong::scheduler {

struct LimitExceeded {
  std::string text;    // what is needed, and what there is
  std::string option;  // of the system, which would help
};

}  // namespace wukong::scheduler
