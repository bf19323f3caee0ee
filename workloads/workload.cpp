#include "workloads/workload.h"

#include "workloads/tree_reduction.h"
#include "workloads/tsqr.h"
#include "workloads/wfformat.h"

namespace wukong::workloads {
namespace {

template <class Values>
struct Parameters final : WorkloadParameters {
  Values values;
  void visit(FieldVisitor& v) override { values.visit(v); }
};

template <class Values, Dag (*make)(const Values&, DagForm)>
constexpr Workload workload(std::string_view key, std::string_view path_key = {}) {
  return {.key = key,
          .path_key = path_key,
          .make_parameters = []() -> std::unique_ptr<WorkloadParameters> {
            return std::make_unique<Parameters<Values>>();
          },
          .make_dag =
              [](const WorkloadParameters& parameters, DagForm form) {
                return make(static_cast<const Parameters<Values>&>(parameters).values, form);
              }};
}

constexpr Workload kWorkloads[] = {
    workload<TreeReductionParameters, make_tree_reduction>("tree_reduction"),
    workload<TsqrParameters, make_tsqr>("tsqr"),
    workload<WfformatParameters, make_wfformat>("wfformat", "path"),
};

}  // namespace

std::span<const Workload> workloads() { return kWorkloads; }

}  // namespace wukong::workloads
