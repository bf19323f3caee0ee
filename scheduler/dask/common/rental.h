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
  // Otherwise only those of as many workers as the DAG has partitions, however they are used.
  bool bill_all = false;

  void visit(FieldVisitor& v);

  int64_t workers() const { return machines * workers_per_machine; }
  int64_t billed_machines(const dag::Dag& dag) const;
};

}  // namespace wukong::dask_common
