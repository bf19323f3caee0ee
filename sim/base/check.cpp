#include "sim/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace wukong {
namespace {

thread_local CheckContext* innermost_context = nullptr;

}  // namespace

CheckContext::CheckContext() : outer_(innermost_context) { innermost_context = this; }

CheckContext::~CheckContext() { innermost_context = outer_; }

void internal::check_failed(const char* file, int line, const char* condition,
                            std::initializer_list<CheckValue> values) {
  std::fprintf(stderr, "%s:%d: invariant violated: %s", file, line, condition);
  const char* separator = "  with ";
  for (const CheckValue& value : values) {
    std::fprintf(stderr, "%s%s", separator, value.text.c_str());
    separator = ", ";
  }
  if (innermost_context != nullptr)
    std::fprintf(stderr, "\n  %s", innermost_context->describe().c_str());
  std::fprintf(stderr, "\nThis is a bug in wukong. Please report it with the command you ran.\n");
  std::abort();
}

}  // namespace wukong
