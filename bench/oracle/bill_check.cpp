#include "bench/oracle/bill_check.h"

#include <algorithm>
#include <cmath>

#include "bench/oracle/plain_arithmetic.h"
#include "bench/run/run_result.h"
#include "sim/platform/platform_spec.h"

namespace wukong::oracle {

using accounting::CostItem;
using accounting::Operation;
using engine::TraceKind;
using functions::StartOutcome;
using storage::StoreStatus;

// ---- functions

void BillCheck::on(Time time, const FunctionAdded& added) {
  provisioned_mb_[added.function.value()] = {
      time, added.config.memory_mb * added.config.provisioned_concurrency};
  memory_mb_[added.function.value()] = added.config.memory_mb;
}

void BillCheck::on(Time, const CallBegan&) {
  ++operations_[static_cast<size_t>(Operation::invoke)];
}

void BillCheck::on(Time, const functions::StartAttempt& attempt) {
  if (attempt.outcome == StartOutcome::warm || attempt.outcome == StartOutcome::cold)
    attempts_[attempt.invocation.value()] = attempt;
}

void BillCheck::on(Time time, const engine::TraceRecord& record) {
  if (record.kind == TraceKind::started) {
    const functions::StartAttempt& attempt = attempts_[record.actor];
    const bool cold = attempt.outcome == StartOutcome::cold;
    running_[record.subject] = {time, memory_mb_[attempt.function.value()],
                                cold ? attempt.initialization : Duration::zero(),
                                attempt.provisioned};
    cold_starts_ += cold ? 1 : 0;
    requests_ +=
        price_of(spec_.functions.billing.price_per_million_requests.count_pico_usd(), 1, 1'000'000);
  }
  if (record.kind == TraceKind::finished || record.kind == TraceKind::failed) stop(time, record);
}

// From the handler's start to its end, in whole units of the granularity and at least one; for
// each MB a 1024th of the price of a GB.
void BillCheck::stop(Time time, const engine::TraceRecord& record) {
  const auto found = running_.find(record.subject);
  if (found == running_.end()) return;
  const Running& running = found->second;
  const functions::LambdaBillingSpec& spec = spec_.functions.billing;
  int64_t used = (time - running.since).count_ns();
  if (spec.initialization) used += running.initialization.count_ns();
  const int64_t unit = spec.granularity.count_ns();
  const int64_t billed = std::max<int64_t>(1, divided_up(used, unit)) * unit;
  if (record.kind == TraceKind::finished)
    broken_.expect(record.value == billed, "invocation {} is billed for {} ns and not for {} ns",
                   record.actor, record.value, billed);
  const Money price =
      running.provisioned ? spec_.functions.provisioned.run_price_per_gb_s : spec.price_per_gb_s;
  functions_ +=
      price_of(price.count_pico_usd(), Wide{running.memory_mb} * billed, Wide{1024} * kSecond_ns);
  const double run_s = (time - running.since).to_seconds();
  const double vcpus =
      static_cast<double>(running.memory_mb) / spec_.functions.environment.memory_mb_per_vcpu;
  vcpu_s_ += run_s * vcpus;
  whole_vcpu_s_ += run_s * std::ceil(vcpus);
  billed_mb_ns_ += static_cast<double>(running.memory_mb) * static_cast<double>(billed);
  running_.erase(found);
}

// ---- calls of services

void BillCheck::on(Time, const StoreMade&) { any_store_ = true; }

void BillCheck::on(Time, const Preloaded& preloaded) {
  sizes_[{preloaded.number, preloaded.object.value()}] = preloaded.size;
}

void BillCheck::on(Time time, const Asked& asked) {
  calls_[asked.call] = asked;
  count(asked);
  // A put whose caller is gone may have stored its object all the same.
  if (asked.request == Request::put) sizes_[{asked.number, asked.object.value()}] = asked.size;
  if (asked.service == Service::queue)
    queue_ += price_of(spec_.queue.price_per_million_requests.count_pico_usd(), 1, 1'000'000);
  if (asked.service == Service::tasks) executions_[asked.call] = time;
}

void BillCheck::count(const Asked& asked) {
  const auto add = [this](Operation operation) { ++operations_[static_cast<size_t>(operation)]; };
  switch (asked.request) {
    case Request::get:
      return add(Operation::object_get);
    case Request::put:
      return add(Operation::object_put);
    case Request::exists:
      return add(Operation::object_head);
    case Request::count: {
      const storage::CounterAction action = asked.counter.action;
      const bool reads =
          action == storage::CounterAction::read || action == storage::CounterAction::read_others;
      return add(reads ? Operation::counter_read : Operation::counter_increment);
    }
    case Request::exchange:
      return add(Operation::metadata_request);
    case Request::publish:
      return add(Operation::publish);
    case Request::send:
      return add(Operation::queue_send);
    case Request::remove:
      return add(Operation::queue_delete);
    case Request::extend:
      return add(Operation::queue_extend);
    case Request::visible:
      return add(Operation::queue_attributes);
    case Request::receive:  // which of two it is, its answer tells
    case Request::execute:
      return;
  }
}

void BillCheck::on(Time time, const Answered& answered) {
  const auto found = calls_.find(answered.call);
  if (found == calls_.end()) return broken_.expect(false, "an answer to no call");
  const Asked asked = found->second;
  calls_.erase(found);
  const bool done = answered.status == StoreStatus::ok;
  if (asked.request == Request::receive)
    ++operations_[static_cast<size_t>(answered.message ? Operation::queue_receive
                                                       : Operation::queue_receive_empty)];
  if (asked.request == Request::execute && done) {
    executing_ += time - executions_[asked.call];
    tasks_done_.insert(record_.tasks.at(asked.task).task.value());
  }
  if (asked.request == Request::put && done) {
    written_ += asked.size.actual;
    nominal_written_ += asked.size.nominal;
  }
  if (asked.request == Request::get && done) {
    const auto size = sizes_.find({asked.number, asked.object.value()});
    if (size == sizes_.end()) return broken_.expect(false, "an object is read that nobody has put");
    read_ += size->second.actual;
    nominal_read_ += size->second.nominal;
  }
}

// ---- the end

int64_t BillCheck::rental_price(const Rental& rental) const {
  const hosts::MachineType& type = spec_.machines.at(rental.type);
  int64_t held = (record_.end - rental.since).count_ns();
  if (type.minimum_billing) {
    held = divided_up(held, kSecond_ns) * kSecond_ns;
    held = std::max(held, type.minimum_billing->count_ns());
  }
  return price_of(type.price_per_hour.count_pico_usd(), held, Wide{3600} * kSecond_ns);
}

// Each period that has begun.
void BillCheck::charge_provisioned() {
  const functions::ProvisionedSpec& spec = spec_.functions.provisioned;
  for (const auto& [function, held] : provisioned_mb_) {
    const auto [since, memory_mb] = held;
    const int64_t periods = (record_.end - since).count_ns() / spec.billing_period.count_ns() + 1;
    functions_ += periods * price_of(spec.price_per_gb_s.count_pico_usd(),
                                     Wide{memory_mb} * spec.billing_period.count_ns(),
                                     Wide{1024} * kSecond_ns);
  }
}

void BillCheck::check_rentals(const run::RunResult& result) {
  int64_t machines = 0;
  std::map<std::string, int64_t> rented;
  for (const Rental& rental : record_.rentals) {
    const int64_t price = rental_price(rental);
    if (rental.item == CostItem::machines) {
      machines += price;
      const double vcpu_s =
          spec_.machines.at(rental.type).vcpus * (record_.end - rental.since).to_seconds();
      vcpu_s_ += vcpu_s;
      whole_vcpu_s_ += vcpu_s;
    } else {
      storage_ += price;
    }
    ++rented[rental.type];
  }
  for (const auto& [host, name] : record_.machines)
    if (const auto found = rented.find(name); found != rented.end()) --found->second;
  for (const auto& [type, more] : rented)
    broken_.expect(more <= 0, "more machines of type " + type + " are billed than there are");
  expect_money(result, CostItem::machines, machines);
}

void BillCheck::expect_money(const run::RunResult& result, CostItem item, int64_t pico_usd) {
  const int64_t charged = result.cost.of(item).count_pico_usd();
  broken_.expect(charged == pico_usd, "{} cost {} pUSD and not {} pUSD",
                 accounting::kCostItemNames[static_cast<size_t>(item)], charged, pico_usd);
}

void BillCheck::check_counts(const run::RunResult& result) {
  for (size_t i = 0; i < accounting::kOperations; ++i) {
    const auto operation = static_cast<Operation>(i);
    if (operation == Operation::retry) continue;
    const uint64_t counted = result.usage.count_of(operation);
    broken_.expect(counted == operations_[i], "the result counts {} of {}, and there were {}",
                   counted, accounting::kOperationNames[i], operations_[i]);
  }
  // What Dask's workers send each other no store sees.
  if (!any_store_) return;
  const auto is = [this](const char* what, Bytes counted, Bytes expected) {
    broken_.expect(counted == expected, "{} B were {}, and the result counts {} B",
                   expected.count(), what, counted.count());
  };
  is("written", result.usage.written, written_);
  is("written, of nominal sizes,", result.usage.nominal_written, nominal_written_);
  is("read", result.usage.read, read_);
  // numpywren reads zeros, too, in place of what is not there.
  is("read, of nominal sizes,", std::min(result.usage.nominal_read, nominal_read_), nominal_read_);
}

void BillCheck::end(const run::RunResult& result, std::optional<int64_t> s3,
                    bool functions_charged) {
  check_rentals(result);
  if (s3) expect_money(result, CostItem::storage, storage_ + *s3);
  expect_money(result, CostItem::queue, queue_);
  check_counts(result);
  if (!functions_charged) return;
  const auto spent = result.usage.time[static_cast<size_t>(accounting::Activity::execute)];
  broken_.expect(spent == executing_, "the result counts {:.9f} s of tasks, and they took {:.9f} s",
                 spent.to_seconds(), executing_.to_seconds());
  charge_provisioned();
  expect_money(result, CostItem::functions, functions_);
  expect_money(result, CostItem::requests, requests_);
  broken_.expect(result.usage.tasks_done == tasks_done_.size(),
                 "the result counts {} tasks that were done, and there were {}",
                 result.usage.tasks_done, tasks_done_.size());
  broken_.expect(result.cold_starts == cold_starts_,
                 "the result counts {} cold starts, and there were {}", result.cold_starts,
                 cold_starts_);
  const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-9 * b + 1e-9; };
  broken_.expect(near(result.cpu_core_s, vcpu_s_) && near(result.cpu_whole_core_s, whole_vcpu_s_),
                 "{} core seconds are counted, {} of whole cores, and not {} and {}",
                 result.cpu_core_s, result.cpu_whole_core_s, vcpu_s_, whole_vcpu_s_);
  const double gb_s = billed_mb_ns_ / 1024 * 1e-9;
  broken_.expect(std::abs(result.billed_gb_s - gb_s) <= 1e-9 * gb_s,
                 "{} GB-s are billed and not {} GB-s", result.billed_gb_s, gb_s);
}

}  // namespace wukong::oracle
