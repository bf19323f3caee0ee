// What a run has used: operations by kind, bytes that were read and written, time by activity.
// Services count operations and bytes (service_call.h); policies count the time that their
// executors spend. Bytes are counted in both sizes of an object (object_size.h).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/base/bytes.h"
#include "sim/base/time.h"

namespace wukong::accounting {

enum class Operation : uint8_t {
  object_get,
  object_put,
  object_head,
  counter_increment,
  counter_read,
  metadata_request,
  publish,
  queue_send,
  queue_receive,
  queue_receive_empty,
  queue_delete,
  queue_extend,      // change of a visibility timeout
  queue_attributes,  // how many messages are visible
  invoke,
  retry,  // another try of a request that failed or was turned away
};
constexpr std::string_view kOperationNames[] = {"object_get",
                                                "object_put",
                                                "object_head",
                                                "counter_increment",
                                                "counter_read",
                                                "metadata_request",
                                                "publish",
                                                "queue_send",
                                                "queue_receive",
                                                "queue_receive_empty",
                                                "queue_delete",
                                                "queue_extend",
                                                "queue_attributes",
                                                "invoke",
                                                "retry"};
constexpr size_t kOperations = std::size(kOperationNames);

enum class Activity : uint8_t { invoke, storage_io, execute, serialize, publish };
constexpr std::string_view kActivityNames[] = {"invoke", "storage_io", "execute", "serialize",
                                               "publish"};
constexpr size_t kActivities = std::size(kActivityNames);

struct Usage {
  std::array<uint64_t, kOperations> operations{};
  std::array<Duration, kActivities> time{};  // summed over executors
  uint64_t executed = 0;                     // executions of tasks, repeated ones too
  uint64_t tasks_done = 0;     // tasks that have been executed to their end, each counted once
  uint64_t turned_away = 0;    // tries of requests that were beyond a store's rate
  uint64_t given_up = 0;       // requests that were turned away until their client gave up
  uint64_t full_writes = 0;    // of those, the ones for which a store had no memory left
  uint64_t missed_reads = 0;   // requests for an object that was not there
  uint64_t worker_deaths = 0;  // processes of rented machines that died
  Bytes read;
  Bytes written;
  Bytes nominal_read;
  Bytes nominal_written;

  bool operator==(const Usage&) const = default;
  void add(const Usage& other) {
    for (size_t i = 0; i < kOperations; ++i) operations[i] += other.operations[i];
    for (size_t i = 0; i < kActivities; ++i) time[i] += other.time[i];
    executed += other.executed;
    tasks_done += other.tasks_done;
    turned_away += other.turned_away;
    given_up += other.given_up;
    full_writes += other.full_writes;
    missed_reads += other.missed_reads;
    worker_deaths += other.worker_deaths;
    read += other.read;
    written += other.written;
    nominal_read += other.nominal_read;
    nominal_written += other.nominal_written;
  }
  void count(Operation operation, uint64_t times = 1) {
    operations[static_cast<size_t>(operation)] += times;
  }
  uint64_t count_of(Operation operation) const {
    return operations[static_cast<size_t>(operation)];
  }
  void spend(Activity activity, Duration time_spent) {
    time[static_cast<size_t>(activity)] += time_spent;
  }
};

}  // namespace wukong::accounting
