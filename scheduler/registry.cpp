// Every policy there is. A new one adds a line.
#include <array>

#include "scheduler/central.h"
#include "scheduler/dask/dask.h"
#include "scheduler/dask/limits.h"
#include "scheduler/dask/threads.h"
#include "scheduler/ideal.h"
#include "scheduler/numpywren/numpywren.h"
#include "scheduler/pywren/pywren.h"
#include "scheduler/wukong/wukong.h"

namespace wukong::scheduler {
namespace {

template <class OptionsType>
std::unique_ptr<Options> make_options() {
  return std::make_unique<OptionsType>();
}

using workloads::DagForm;

constexpr std::array kPolicies = {
    Policy{"wukong", DagForm::dask, make_options<WukongOptions>, make_wukong},
    Policy{"numpywren", DagForm::numpywren, make_options<NumpywrenOptions>, make_numpywren,
           TaskHosts::functions, numpywren_limits},
    Policy{"pywren", DagForm::dask, make_options<PyWrenOptions>, make_pywren, TaskHosts::functions,
           pywren_limits},
    Policy{"central", DagForm::dask, make_options<CentralOptions>, make_central},
    Policy{"ideal", DagForm::dask, make_options<IdealOptions>, make_ideal, TaskHosts::none},
    Policy{"dask", DagForm::dask, make_options<DaskOptions>, make_dask, TaskHosts::machines,
           dask_limits},
    Policy{"dask-threads", DagForm::dask, make_options<DaskThreadsOptions>, make_dask_threads,
           TaskHosts::machines, dask_threads_limits},
};

}  // namespace

std::span<const Policy> policies() { return kPolicies; }

}  // namespace wukong::scheduler
