#include "scheduler/catalog/registry.h"

#include <array>

#include "scheduler/central/central.h"
#include "scheduler/dask/dask.h"
#include "scheduler/dask/limits.h"
#include "scheduler/dask/threads.h"
#include "scheduler/ideal/ideal.h"
#include "scheduler/numpywren/numpywren.h"
#include "scheduler/policy/policy.h"
#include "scheduler/pywren/pywren.h"
#include "scheduler/wukong/decisions/alternative.h"
#include "scheduler/wukong/wukong.h"

namespace wukong::systems {
namespace {

template <class OptionsType>
std::unique_ptr<scheduler::Options> make_options() {
  return std::make_unique<OptionsType>();
}

using dag::DagForm;

constexpr std::array kPolicies = {
    scheduler::Policy{.name = "wukong",
                      .form = DagForm::dask,
                      .make_options = make_options<wukong_decisions::WukongOptions>,
                      .make_system = wukong_policy::make_wukong,
                      .payload_option = "inline_argument_limit_bytes",
                      .repeats_option = "claim_tasks",
                      .promises = wukong_policy::promises_of_wukong,
                      .alternative = wukong_decisions::alternative_of_wukong},
    scheduler::Policy{.name = "numpywren",
                      .form = DagForm::numpywren,
                      .make_options = make_options<numpywren::NumpywrenOptions>,
                      .make_system = numpywren::make_numpywren,
                      .promises = numpywren::promises_of_numpywren,
                      .check_limits = numpywren::numpywren_limits},
    scheduler::Policy{.name = "pywren",
                      .form = DagForm::dask,
                      .make_options = make_options<pywren::PyWrenOptions>,
                      .make_system = pywren::make_pywren,
                      .promises = pywren::promises_of_pywren,
                      .check_limits = pywren::pywren_limits},
    scheduler::Policy{.name = "central",
                      .form = DagForm::dask,
                      .make_options = make_options<central::CentralOptions>,
                      .make_system = central::make_central,
                      .promises = central::promises_of_central},
    scheduler::Policy{.name = "ideal",
                      .form = DagForm::dask,
                      .make_options = make_options<ideal::IdealOptions>,
                      .make_system = ideal::make_ideal,
                      .task_hosts = scheduler::TaskHosts::none,
                      .promises = ideal::promises_of_ideal},
    scheduler::Policy{.name = "dask",
                      .form = DagForm::dask,
                      .make_options = make_options<dask_common::DaskOptions>,
                      .make_system = dask::make_dask,
                      .task_hosts = scheduler::TaskHosts::machines,
                      .promises = dask::promises_of_dask,
                      .check_limits = dask::dask_limits},
    scheduler::Policy{.name = "dask-threads",
                      .form = DagForm::dask,
                      .make_options = make_options<dask::DaskThreadsOptions>,
                      .make_system = dask::make_dask_threads,
                      .task_hosts = scheduler::TaskHosts::machines,
                      .promises = dask::promises_of_dask_threads,
                      .check_limits = dask::dask_threads_limits},
};

}  // namespace

std::span<const scheduler::Policy> policies() { return kPolicies; }

}  // namespace wukong::systems
