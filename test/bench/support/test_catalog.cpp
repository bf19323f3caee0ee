#include "test/bench/support/test_catalog.h"

#include <optional>
#include <string_view>

#include "scheduler/policy/policy.h"
#include "sim/accounting/ledger.h"
#include "sim/accounting/usage.h"
#include "sim/base/fields.h"
#include "sim/base/random.h"
#include "sim/engine/sync.h"
#include "sim/platform/platform.h"
#include "sim/storage/storage_spec.h"
#include "workloads/catalog/workload.h"

namespace wukong::test {
namespace {

using scheduler::Failure;
using scheduler::Policy;

enum class Ending { done, stuck, refused };
constexpr std::string_view kEndingNames[] = {"done", "stuck", "refused"};

struct PauseOptions final : scheduler::Options {
  Duration pause;
  bool random_pause = false;
  Ending ending = Ending::done;
  storage::StoreSpec store;

  void visit(FieldVisitor& v) override {
    v.duration("pause_s", pause, Bounds{0, 1000});
    v.field("random_pause", random_pause);
    v.choice("ending", ending, kEndingNames);
    v.group("store", store);
  }
};

class Pause final : public scheduler::System {
 public:
  Pause(platform::Platform& platform, const PauseOptions& options)
      : platform_(platform), options_(options), never_(platform.engine()) {}

  engine::Task<Failure> run() override {
    Duration pause = options_.pause;
    if (options_.random_pause) pause = scaled(pause, 1 + platform_.random("pause").uniform());
    co_await platform_.engine().sleep(pause);
    if (options_.ending == Ending::stuck) co_await never_.wait("a bus that does not come");
    if (options_.ending == Ending::refused) co_return Failure("it did not want to");
    platform_.usage().executed = 7;
    platform_.usage().read = Bytes(1'500'000);
    platform_.ledger().charge(accounting::CostItem::queue, Money::from_usd(0.25));
    co_return std::nullopt;
  }

 private:
  platform::Platform& platform_;
  const PauseOptions& options_;
  engine::Event never_;
};

std::unique_ptr<scheduler::Options> make_options() { return std::make_unique<PauseOptions>(); }

std::unique_ptr<scheduler::System> make_system(platform::Platform& platform, const dag::Dag&,
                                               const scheduler::Options& options) {
  return std::make_unique<Pause>(platform, static_cast<const PauseOptions&>(options));
}

constexpr Policy kPolicies[] = {
    Policy{"pause", dag::DagForm::dask, make_options, make_system, scheduler::TaskHosts::none},
};

constexpr std::string_view kPause =
    "policy: pause\n"
    "store: redis-75\n"
    "pause_s: {value: 2, source: patience}\n"
    "random_pause: false\n"
    "ending: done\n";
constexpr std::string_view kStuck = "preset: pause\nending: stuck\n";
constexpr std::string_view kRefusing = "preset: pause\nending: refused\n";
constexpr std::string_view kOrphan = "policy: pose\n";

}  // namespace

TestCatalog::TestCatalog()
    : presets_(parameters::embedded_presets().begin(), parameters::embedded_presets().end()),
      catalog_{parameters::PresetLibrary({}), workloads::workloads(), kPolicies} {
  presets_.push_back({"system", "pause", kPause});
  presets_.push_back({"system", "stuck", kStuck});
  presets_.push_back({"system", "refusing", kRefusing});
  presets_.push_back({"system", "orphan", kOrphan});
  catalog_.presets = parameters::PresetLibrary(presets_);
}

const experiment::Catalog& test_catalog() {
  static const TestCatalog catalog;
  return catalog.get();
}

}  // namespace wukong::test
