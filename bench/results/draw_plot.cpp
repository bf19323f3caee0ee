#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>

#include "bench/results/plot.h"
#include "bench/text/text_file.h"
#include "sim/base/error.h"

namespace wukong::bench {
namespace {

// The exit status; nothing if there is no gnuplot.
std::optional<int> run_gnuplot(const std::string& script) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string name = "gnuplot";
  std::string path = script;
  char* arguments[] = {name.data(), path.data(), nullptr};
  pid_t process = 0;
  const int failed = ::posix_spawnp(&process, "gnuplot", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (failed != 0 || ::waitpid(process, &status, 0) != process) return std::nullopt;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) return std::nullopt;
  return status;
}

}  // namespace

void draw_plot(const Study& study, const PlotOptions& options) {
  const std::string script_path = options.output + "." + std::to_string(::getpid()) + ".gnuplot";
  write_text_file(script_path, plot_script(study, options));
  const std::optional<int> status = run_gnuplot(script_path);
  std::error_code ignored;
  std::filesystem::remove(script_path, ignored);
  if (!status)
    throw Error({options.output, 0, ""}, "gnuplot, which draws it (package gnuplot-nox)",
                "no such program");
  if (*status != 0 || !std::filesystem::exists(options.output, ignored))
    throw Error({options.output, 0, ""}, "cannot be drawn: gnuplot has failed");
}

}  // namespace wukong::bench
