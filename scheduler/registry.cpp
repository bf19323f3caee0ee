// Every policy there is. A new one adds a line.
#include <array>

#include "scheduler/dask.h"
#include "scheduler/numpywren.h"
#include "scheduler/wukong.h"

namespace wukong::scheduler {
namespace {

template <class OptionsType>
std::unique_ptr<Options> make_options() {
  return std::make_unique<OptionsType>();
}

using workloads::DagForm;

constexpr std::array kPolicies = {
    Policy{"wukong", DagForm::dask, make_options<WukongOptions>, make_wukong},
    Policy{"numpywren", DagForm::numpywren, make_options<NumpywrenOptions>, make_numpywren},
    Policy{"dask", DagForm::dask, make_options<DaskOptions>, make_dask},
};

}  // namespace

std::span<const Policy> policies() { return kPolicies; }

}  // namespace wukong::scheduler
