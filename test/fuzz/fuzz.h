// What the fuzzers have in common. A fuzzer is given bytes by libFuzzer, and hands them to one
// parser. The parser may accept them or throw Error; anything else is a bug: another exception, a
// failed ENSURE, what a sanitizer finds, a leak, a hang, or more memory than the input warrants.
//
// `./dev fuzz-inputs` builds and runs them, with the inputs of test/fuzz/corpus.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sim/base/check.h"
#include "sim/base/error.h"

namespace wukong::fuzz {

inline std::string text_of(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// True: the input was accepted.
template <class Parse>
bool accepts(Parse parse) {
  try {
    parse();
    return true;
  } catch (const Error& error) {
    ENSURE(error.what()[0] != '\0');
    return false;
  }
}

}  // namespace wukong::fuzz
