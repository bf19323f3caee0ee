// What each system does on a few small DAGs, as stories with simulated times in test/golden. A
// change of behaviour shows as a difference there; ./dev golden writes them anew.
#include <string>

#include "test/catch.h"
#include "test/support/dag_text.h"
#include "test/support/golden.h"
#include "test/support/policy_run.h"
#include "test/support/story.h"

namespace wukong {
namespace {

struct Setup {
  const char* name;  // of its files
  const char* system;
};

// A new policy adds a line.
const Setup kSystems[] = {
    {"wukong", "{wukong: {proxy_threshold: 3}}"},
    {"numpywren", "{numpywren: {workers: 2}}"},
    {"pywren", "pywren"},
    {"strawman", "strawman"},
    {"pubsub", "pubsub"},
    {"dask", "dask-125"},
    {"dask-threads", "dask-threads"},
};

struct Shape {
  const char* name;
  const char* text;
};

const Shape kShapes[] = {
    {"chain", "a -> b -> c"},
    {"fan", "split -> b; split -> c; split -> d; b -> join; c -> join; d -> join"},
    {"tree", "a -> e; b -> e; c -> f; d -> f; e -> root; f -> root"},
};

TEST_CASE("what each system does on small DAGs is the story that was told before", "[golden]") {
  test::DagTextOptions options;
  options.input_size = Bytes(2000);
  options.durations = {{"b", Duration::milliseconds(250)}, {"d", Duration::milliseconds(30)}};
  for (const Setup& setup : kSystems)
    for (const Shape& shape : kShapes) {
      const dag::Dag dag = test::dag_from_text(shape.text, options);
      const std::string head = std::string(setup.system) + " on " + shape.text + "\n\n";
      const std::string file = std::string("golden/") + setup.name + "-" + shape.name + ".txt";
      CHECK(test::golden_difference(file, head + story(dag, test::run_policy(dag, setup.system))) ==
            "");
    }
}

}  // namespace
}  // namespace wukong
