// ENSURE(condition, values...): an invariant of this program, on in every build. A failure is our
// bug: it prints the condition, the values, the simulated time and the running process, and aborts.
// (Not called CHECK, which Catch2 owns.) What comes from outside is reported by Error, see error.h.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>

namespace wukong {

// Who is running, for the report of a failed ENSURE. An engine puts itself here while it runs; this
// one pointer per thread is the only state in the program that is not passed explicitly.
class CheckContext {
 public:
  CheckContext();
  CheckContext(const CheckContext&) = delete;
  CheckContext& operator=(const CheckContext&) = delete;
  virtual ~CheckContext();
  virtual std::string describe() const = 0;

 private:
  CheckContext* outer_;
};

namespace internal {

struct CheckValue {
  CheckValue(std::integral auto value) : text(std::to_string(value)) {}
  CheckValue(double value) : text(std::to_string(value)) {}
  CheckValue(const char* value) : text(value) {}
  CheckValue(const std::string& value) : text(value) {}
  std::string text;
};

[[noreturn, gnu::cold, gnu::noinline]] void check_failed(const char* file, int line,
                                                         const char* condition,
                                                         std::initializer_list<CheckValue> values);

}  // namespace internal
}  // namespace wukong

#define ENSURE(condition, ...)                                                         \
  do {                                                                                 \
    if (!(condition)) [[unlikely]]                                                     \
      ::wukong::internal::check_failed(__FILE__, __LINE__, #condition, {__VA_ARGS__}); \
  } while (false)
