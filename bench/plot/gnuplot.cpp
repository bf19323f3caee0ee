#include "bench/plot/gnuplot.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <exception>
#include <filesystem>
#include <memory>
#include <thread>
#include <utility>

#include "bench/files/output_file.h"
#include "bench/files/text_file.h"
#include "runtime/processes/scratch_folder.h"
#include "sim/base/error.h"

namespace wukong::plot {
namespace {

constexpr const char* kProgram = "gnuplot";
constexpr int kNoProgram = 127;  // of a child that could not start one, as in shells

struct SpawnActions {
  posix_spawn_file_actions_t actions;
  SpawnActions() { posix_spawn_file_actions_init(&actions); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
};

// The exit code, or 128 and more for another end.
int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// What gnuplot says last is what went wrong; before it stands the line of the script.
std::string last_line(const std::string& text) {
  const size_t end = text.find_last_not_of(" \n");
  if (end == std::string::npos) return "";
  const size_t begin = text.find_last_of('\n', end);
  return text.substr(begin == std::string::npos ? 0 : begin + 1, end - begin);
}

// gnuplot does not look whether all of its output was written.
bool is_whole(const std::string& picture, const std::string& output) {
  const std::string_view ending = output.ends_with(".svg")   ? "</svg>"
                                  : output.ends_with(".png") ? "IEND\xae\x42\x60\x82"
                                                             : "%%EOF";
  const std::string_view all = picture;
  const size_t end = all.find_last_not_of("\n");
  return end != std::string_view::npos && all.substr(0, end + 1).ends_with(ending);
}

// One gnuplot at work.
class Artist {
 public:
  Artist(const Drawing& drawing, const std::filesystem::path& scratch, size_t number)
      : output_(drawing.output),
        file_(drawing.output),
        messages_((scratch / (std::to_string(number) + ".messages")).string()) {
    const std::string script = (scratch / (std::to_string(number) + ".gnuplot")).string();
    files::write_text_file(script, drawing.script);
    start(script, scratch.string());
  }
  Artist(const Artist&) = delete;
  Artist& operator=(const Artist&) = delete;
  ~Artist() {
    if (pid_ > 0) wait_for(pid_);
  }

  // Waits. Throws Error if there is no whole picture.
  void finish() {
    const int code = failed_to_start_ ? kNoProgram : wait_for(std::exchange(pid_, 0));
    if (code == kNoProgram)
      throw Error({output_, 0, ""}, "gnuplot, which draws it (Debian package gnuplot-nox)",
                  "no such program");
    const std::string said = last_line(files::read_text_file(messages_));
    if (code != 0)
      throw Error({output_, 0, ""},
                  "gnuplot could not draw it" + (said.empty() ? "" : ": " + said));
    std::error_code ignored;
    const bool regular = std::filesystem::is_regular_file(file_.written_to(), ignored);
    if (regular && !is_whole(files::read_text_file(file_.written_to()), output_))
      throw Error({output_, 0, ""}, "gnuplot could not write all of it (is the disk full?)" +
                                        (said.empty() ? "" : ": " + said));
    file_.close();
  }

 private:
  void start(std::string script, const std::string& folder) {
    SpawnActions spawn;
    posix_spawn_file_actions_addopen(&spawn.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&spawn.actions, file_.descriptor(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&spawn.actions, STDERR_FILENO, messages_.c_str(),
                                     O_WRONLY | O_CREAT | O_EXCL, 0600);
    posix_spawn_file_actions_addchdir_np(&spawn.actions, folder.c_str());
    std::string name = kProgram, no_settings = "-d";
    char* const arguments[] = {name.data(), no_settings.data(), script.data(), nullptr};
    failed_to_start_ =
        ::posix_spawnp(&pid_, kProgram, &spawn.actions, nullptr, arguments, environ) != 0;
    if (failed_to_start_) pid_ = 0;
  }

  std::string output_;
  files::OutputFile file_;
  std::string messages_;
  pid_t pid_ = 0;
  bool failed_to_start_ = false;
};

}  // namespace

bool have_gnuplot() {
  pid_t pid = 0;
  SpawnActions spawn;
  posix_spawn_file_actions_addopen(&spawn.actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  std::string name = kProgram, argument = "--version";
  char* const arguments[] = {name.data(), argument.data(), nullptr};
  return ::posix_spawnp(&pid, kProgram, &spawn.actions, nullptr, arguments, environ) == 0 &&
         wait_for(pid) == 0;
}

void draw_with_gnuplot(std::span<const Drawing> drawings, unsigned threads) {
  if (threads == 0) threads = std::max(1u, std::thread::hardware_concurrency());
  const processes::ScratchFolder scratch;
  std::deque<std::unique_ptr<Artist>> working;
  std::exception_ptr first_error;
  const auto finish_oldest = [&] {
    try {
      working.front()->finish();
    } catch (const Error&) {
      if (first_error == nullptr) first_error = std::current_exception();
    }
    working.pop_front();
  };
  for (size_t i = 0; i < drawings.size(); ++i) {
    if (working.size() >= threads) finish_oldest();
    working.push_back(std::make_unique<Artist>(drawings[i], scratch.path(), i));
  }
  while (!working.empty()) finish_oldest();
  if (first_error != nullptr) std::rethrow_exception(first_error);
}

}  // namespace wukong::plot
