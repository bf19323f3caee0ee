#include "bench/sweep_runner/mpi_launch.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/base/error.h"

namespace wukong::sweep_runner {
namespace {

// What mpirun of Open MPI, mpiexec of others and srun leave in the environment.
bool started_as_one_of_several() {
  for (const char* size : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
    if (const char* text = std::getenv(size)) return std::atoi(text) > 1;
  return std::getenv("PMIX_RANK") != nullptr;
}

}  // namespace

void become_mpi_program(int argc, char** argv) {
  if (argc < 2 || std::string_view(argv[1]) != "sweep" || !started_as_one_of_several()) return;
  for (int i = 2; i < argc; ++i)
    if (std::string_view(argv[i]) == "--dry-run") return;
  std::error_code ignored;
  const std::filesystem::path program =
      std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path() / "wukong_mpi";
  ::execv(program.c_str(), argv);
  throw Error({program.string(), 0, ""},
              std::string("cannot be started (was it built? it needs libboost-mpi-dev): ") +
                  std::strerror(errno));
}

}  // namespace wukong::sweep_runner
