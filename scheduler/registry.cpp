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
    Policy{.name = "wukong",
           .form = DagForm::dask,
           .make_options = make_options<WukongOptions>,
           .make_system = make_wukong,
           .promises = promises_of_wukong},
    Policy{.name = "numpywren",
           .form = DagForm::numpywren,
           .make_options = make_options<NumpywrenOptions>,
           .make_system = make_numpywren,
           .promises = promises_of_numpywren,
           .check_limits = numpywren_limits},
    Policy{.name = "pywren",
           .form = DagForm::dask,
           .make_options = make_options<PyWrenOptions>,
           .make_system = make_pywren,
           .promises = promises_of_pywren,
           .check_limits = pywren_limits},
    Policy{.name = "central",
           .form = DagForm::dask,
           .make_options = make_options<CentralOptions>,
           .make_system = make_central,
           .promises = promises_of_central},
    Policy{.name = "ideal",
           .form = DagForm::dask,
           .make_options = make_options<IdealOptions>,
           .make_system = make_ideal,
           .task_hosts = TaskHosts::none,
           .promises = promises_of_ideal},
    Policy{.name = "dask",
           .form = DagForm::dask,
           .make_options = make_options<DaskOptions>,
           .make_system = make_dask,
           .task_hosts = TaskHosts::machines,
           .promises = promises_of_dask,
           .check_limits = dask_limits},
    Policy{.name = "dask-threads",
           .form = DagForm::dask,
           .make_options = make_options<DaskThreadsOptions>,
           .make_system = make_dask_threads,
           .task_hosts = TaskHosts::machines,
           .promises = promises_of_dask_threads,
           .check_limits = dask_threads_limits},
};

}  // namespace

std::span<const Policy> policies() { return kPolicies; }

}  // namespace wukong::scheduler
