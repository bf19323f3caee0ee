// The machines of a Dask cluster's workers, as the papers bill them.
#pragma once

#include <string>

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::dask_common {

struct DaskRental {
  std::string machine;  // their type
  int64_t machines = 1;
  int64_t workers_per_machine = 1;
  // Otherwise one for each `partitions_per_machine` of the DAG's, however they are used.
  bool bill_all = false;
  int64_t partitions_per_machine = 1;

  void visit(FieldVisitor& v);

  int64_t workers() const { return machines * workers_per_machine; }
  int64_t billed_machines(const dag::Dag& dag) const;
};

}  // namespace wukong::dask_common
