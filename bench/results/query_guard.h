// Ends a query that takes too long, or that somebody has had enough of: SQL can ask for more than
// any life has time for, and SQLite goes on until it is told to stop.
#pragma once

#include <chrono>
#include <csignal>
#include <exception>

#include "bench/results/database.h"

namespace wukong::results {

// SIGINT, SIGTERM or SIGHUP has ended the query.
class QueryInterrupted : public std::exception {
 public:
  explicit QueryInterrupted(int signal) : signal_(signal) {}
  int signal() const { return signal_; }
  const char* what() const noexcept override { return "the query was interrupted"; }

 private:
  int signal_;
};

// While it is there, statements of the database are looked at from time to time. Signals wait for
// such a look. For a process of one thread.
class QueryGuard {
 public:
  QueryGuard(Database& database, std::chrono::nanoseconds longest);
  QueryGuard(const QueryGuard&) = delete;
  QueryGuard& operator=(const QueryGuard&) = delete;
  ~QueryGuard();

  // Of what a statement threw: throws instead QueryInterrupted, or the Error that says which limit
  // it ran into, if it was ended here.
  void explain() const;

 private:
  bool must_end();

  Database& database_;
  std::chrono::nanoseconds longest_;
  std::chrono::steady_clock::time_point begun_;
  sigset_t watched_{};
  sigset_t before_{};
  int signal_ = 0;
  bool late_ = false;
};

}  // namespace wukong::results
