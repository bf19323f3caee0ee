// The text of the Error that an action throws; "no error" if it throws none.
#pragma once

#include <string>

#include "sim/base/error.h"

namespace wukong::test {

template <class Action>
std::string error_text(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace wukong::test
