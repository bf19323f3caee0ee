#include "bench/experiment/jobs_setup.h"

#include <algorithm>
#include <utility>

#include "bench/experiment/catalog.h"
#include "bench/experiment/trace_setup.h"
#include "bench/parameters/parameter_reader.h"
#include "sim/base/error.h"

namespace wukong::experiment {
namespace {

constexpr std::string_view kJobsPath = "workload.jobs";
constexpr Bounds kJobs{1, 1e8};
constexpr Bounds kWeight{1e-9, 1e9};

bool is_option(std::string_view key) { return key == "name" || key == "weight"; }

JobKind read_kind(const parameters::ParameterTree& written, const Catalog& catalog,
                  std::vector<parameters::EffectiveParameter>& effective) {
  const std::string place = parameters::join_path(kJobsPath, "of");
  const auto is_workload = [](const auto& entry) { return !is_option(entry.key); };
  const auto& entries = written.entries;
  if (!written.is_map() || std::count_if(entries.begin(), entries.end(), is_workload) != 1)
    throw Error(written.origin.place(place),
                "one workload with its parameters, such as {tsqr: {...}, weight: 2, name: small}",
                written.is_map() ? "a map of " + std::to_string(entries.size()) + " keys"
                                 : written.describe());
  const auto& [key, value] = *std::find_if(entries.begin(), entries.end(), is_workload);
  if (key == kJobsKey || key == kTraceKey)
    throw Error(value.origin.place(place), "a workload of one DAG", "\"" + key + "\", a load");
  KindOptions options{.name = key};
  parameters::ParameterTree map = parameters::ParameterTree::make_map(written.origin);
  for (const parameters::ParameterEntry& entry : entries)
    if (is_option(entry.key)) map.put(entry.key, entry.value);
  const parameters::ParameterTree* const name = map.find("name");
  if (name != nullptr && name->is_scalar()) options.name = name->text;
  const std::vector<std::string> path{"workload", "jobs", "of", options.name};
  parameters::ParameterReader reader(map, path, parameters::MissingKey::keeps_default);
  reader.read(options);
  JobKind kind{options.name, options.weight, read_workload(key, value, path, catalog)};
  const std::vector<parameters::EffectiveParameter>& own = reader.read_parameters();
  const std::vector<parameters::EffectiveParameter>& its = kind.workload.effective;
  effective.insert(effective.end(), own.begin(), own.end());
  effective.insert(effective.end(), its.begin(), its.end());
  return kind;
}

std::vector<JobKind> read_kinds(const parameters::ParameterTree& jobs, const Catalog& catalog,
                                std::vector<parameters::EffectiveParameter>& effective) {
  const std::string place = parameters::join_path(kJobsPath, "of");
  const parameters::ParameterTree* const list = jobs.find("of");
  if (list == nullptr || !list->is_list() || list->items.empty())
    throw Error((list != nullptr ? *list : jobs).origin.place(place),
                "a list of workloads, such as [{tsqr: {...}}, {svd1: {...}}]",
                list != nullptr ? list->describe() : "nothing (the key is missing)");
  std::vector<JobKind> kinds;
  for (const parameters::ParameterTree& item : list->items) {
    JobKind kind = read_kind(item, catalog, effective);
    for (const JobKind& other : kinds)
      if (other.name == kind.name)
        throw Error(item.origin.place(place), "two kinds of jobs are called \"" + kind.name +
                                                  "\"; give one another name, as in {" + kind.name +
                                                  ": {...}, name: other}");
    kinds.push_back(std::move(kind));
  }
  return kinds;
}

}  // namespace

void KindOptions::visit(FieldVisitor& v) {
  v.about("What results call it; none: as its workload").field("name", name);
  v.about("How often it arrives, beside the others").field("weight", weight, kWeight);
}

void JobsOptions::visit(FieldVisitor& v) {
  v.about("How jobs arrive").group("arrivals", arrivals);
  v.about("Jobs in all").optional("count", count, [&](int64_t& most) {
    v.field("count", most, kJobs);
  });
  v.about("No job arrives later").optional("until_s", until, [&](Duration& end) {
    v.duration("until_s", end, kPositive);
  });
  v.about("Each job rents the machines of its stores, or all share one set of them")
      .choice("stores", stores, kStoreSharingNames);
  v.about("Jobs that arrive before are run, but are in no statistics")
      .duration("warm_up_s", warm_up);
}

std::unique_ptr<arrivals::Arrivals> JobsSetup::make_arrivals(uint64_t seed) const {
  arrivals::JobMix mix;
  for (const JobKind& kind : kinds) {
    mix.names.push_back(kind.name);
    mix.weights.push_back(kind.weight);
  }
  arrivals::ArrivalLimits limits{.count = options.count};
  if (options.until) limits.end = Time::at(*options.until);
  return arrivals::make_arrivals(options.arrivals, mix, limits, seed,
                                 parameters::join_path(kJobsPath, "arrivals"));
}

JobsSetup make_jobs(const parameters::ParameterTree& written, const Catalog& catalog,
                    std::vector<parameters::EffectiveParameter>& effective) {
  if (!written.is_map())
    throw Error(written.origin.place(std::string(kJobsPath)),
                "a map such as {of: [...], arrivals: {...}}", written.describe());
  JobsSetup jobs;
  jobs.origin = written.origin;
  jobs.kinds = read_kinds(written, catalog, effective);
  parameters::ParameterTree rest = written;
  rest.remove("of");
  if (parameters::ParameterTree* const arrivals = rest.find("arrivals"); arrivals != nullptr)
    if (parameters::ParameterTree* const trace = arrivals->find("trace"); trace != nullptr)
      resolve_tables(*trace, "workload.jobs.arrivals.trace", catalog);
  parameters::ParameterReader reader(rest, {"workload", "jobs"},
                                     parameters::MissingKey::keeps_default);
  reader.read(jobs.options);
  effective.insert(effective.end(), reader.read_parameters().begin(),
                   reader.read_parameters().end());
  try {
    jobs.make_arrivals(0);
  } catch (const Error& error) {
    if (!error.place().file.empty()) throw;
    const parameters::Origin* const origin = written_at(effective, error.place().key);
    throw Error((origin != nullptr ? *origin : written.origin).place(""), error.what());
  }
  return jobs;
}

}  // namespace wukong::experiment
