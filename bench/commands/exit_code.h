// How the program ends. Documented in --help; scripts rely on it.
#pragma once

#include <span>

namespace wukong::run {
struct RunResult;
}  // namespace wukong::run

namespace wukong::commands {

enum ExitCode : int {
  kSuccess = 0,
  kRunFailed = 1,      // a run of the modelled system failed
  kRegression = 1,     // wukong check: a metric changed
  kBadInput = 2,       // a file, a flag or a value
  kNoBaseline = 3,     // wukong check: the baseline lacks a run
  kDeadlock = 4,       // a run ended with processes that nothing will ever wake
  kBug = 70,           // of this program
  kNothingLeft = 71,   // the system has no more memory, threads or the like (EX_OSERR)
  kNotWritten = 74,    // a result: a full disk, a closed standard output (EX_IOERR of sysexits.h)
  kInterrupted = 130,  // by Ctrl-C
  kReaderGone = 141,   // of the standard output, as `head` goes: what SIGPIPE ends others with
};

// As a shell has it of a program that a signal has ended: 130 for SIGINT.
ExitCode exit_code_of_signal(int signal);

// A deadlock before other failures: it says that a policy is wrong.
ExitCode exit_code_of(std::span<const run::RunResult> results);

}  // namespace wukong::commands
