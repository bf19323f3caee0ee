// MPI_Init waits for all ranks, and for ever if one died before it got there: mpirun does not tell
// the others when it was started with --enable-recovery. While this exists, the process ends with
// an error if that takes too long.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace wukong::mpi {

class StartWatch {
 public:
  explicit StartWatch(std::chrono::seconds longest);
  ~StartWatch();
  StartWatch(const StartWatch&) = delete;
  StartWatch& operator=(const StartWatch&) = delete;

 private:
  void work(std::chrono::seconds longest);

  std::mutex mutex_;
  std::condition_variable wake_;
  bool started_ = false;
  std::thread thread_;  // last: it uses the others
};

// WUKONG_MPI_START_S of the environment, or two minutes. Throws Error if it is no such number.
std::chrono::seconds longest_mpi_start();

}  // namespace wukong::mpi
