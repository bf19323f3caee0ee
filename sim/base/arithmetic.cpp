#include "sim/base/arithmetic.h"

#include "sim/base/error.h"

namespace wukong {

void refuse_count(CountLimit limit) {
  throw LimitError(ErrorPlace{}, limit.words,
                   "more: the parameters' values are too large together");
}

}  // namespace wukong
