#include "workloads/kernels/numeric_library.h"

#include <dlfcn.h>

#include <filesystem>
#include <string>

#include "sim/base/error.h"

namespace wukong::kernels {
namespace {

// Never unloaded: its threads may outlive whoever would do it.
const NumericFunctions& load() {
  std::error_code ignored;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const std::string module = program.parent_path() / WUKONG_NUMERIC_MODULE;
  void* const library = dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const getter = library == nullptr ? nullptr : dlsym(library, kNumericFunctionsName);
  if (getter != nullptr) return *reinterpret_cast<NumericFunctionsGetter>(getter)();
  const char* const reason = dlerror();
  throw Error({module, 0, ""},
              "the program's module of numeric kernels (it is built with the "
              "program, and belongs beside it)",
              reason == nullptr ? "nothing" : reason);
}

}  // namespace

const NumericFunctions& numeric() {
  static const NumericFunctions& functions = load();
  return functions;
}

}  // namespace wukong::kernels
