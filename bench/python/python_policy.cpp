#include "bench/python/python_policy.h"

#include <string>
#include <utility>

#include "bench/python/session.h"
#include "scheduler/policy/system.h"
#include "workloads/dag/dag.h"

namespace wukong::python {
namespace {

class PythonSystem final : public scheduler::System {
 public:
  PythonSystem(platform::Platform& platform, const dag::Dag& dag, const PythonOptions& options)
      : session_(std::make_shared<Session>()),
        policy_(py::module_::import("copy").attr("copy")(options.policy)) {
    session_->platform = &platform;
    session_->dag = std::make_shared<const dag::Dag>(dag);
    session_->raised = options.raised;
    keeping_exception(*session_, [&] { policy_.attr("setup")(platform_view(session_)); });
  }
  ~PythonSystem() override { session_->platform = nullptr; }

  engine::Task<scheduler::Failure> run() override {
    py::object coroutine = keeping_exception(
        *session_, [&] { return py::object(policy_.attr("run")(platform_view(session_))); });
    const py::object result = co_await drive(session_, std::move(coroutine));
    if (result.is_none()) co_return std::nullopt;
    co_return std::string(py::str(result));
  }

 private:
  const SessionPtr session_;
  const py::object policy_;
};

std::unique_ptr<scheduler::Options> make_options() { return std::make_unique<PythonOptions>(); }

std::unique_ptr<scheduler::System> make_system(platform::Platform& platform, const dag::Dag& dag,
                                               const scheduler::Options& options) {
  return std::make_unique<PythonSystem>(platform, dag, dynamic_cast<const PythonOptions&>(options));
}

}  // namespace

const scheduler::Policy kPythonPolicy = {.name = "python",
                                         .form = dag::DagForm::dask,
                                         .make_options = make_options,
                                         .make_system = make_system};

}  // namespace wukong::python
