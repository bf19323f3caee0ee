#include "bench/trust/error_shares.h"

#include <algorithm>

#include "bench/reproduction/accuracy.h"

namespace wukong::trust {

ErrorShares share_errors(const std::vector<double>& errors) {
  constexpr double kHalf = 0.5;
  ErrorShares shares{errors.size(), reproduction::summarise_errors(errors).median, std::nullopt};
  if (errors.empty()) return shares;
  const auto within =
      std::count_if(errors.begin(), errors.end(), [](double error) { return error <= kHalf; });
  shares.within_50 = static_cast<double>(within) / static_cast<double>(errors.size());
  return shares;
}

}  // namespace wukong::trust
