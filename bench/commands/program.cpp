#include "bench/commands/program.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <new>
#include <system_error>

#include "bench/command_line/program.h"
#include "bench/files/output_file.h"
#include "bench/files/text_file.h"
#include "bench/text/tell.h"
#include "bench/text/utf8.h"
#include "sim/base/error.h"
#include "sim/base/secrets.h"

namespace wukong::commands {

namespace {

// Of a line that quotes what may be endless.
constexpr size_t kLongestLine = 2000;

// Of a word, which then is a quotation.
constexpr size_t kLongestWord = 200;

std::string in_one_line(const std::string& text) {
  std::string line;
  for (size_t begin = 0; begin < text.size() && line.size() < kLongestLine;) {
    const size_t end = std::min(text.find(' ', begin), text.size() - 1) + 1;
    line += shortened(text.substr(begin, end - begin), kLongestWord);
    begin = end;
  }
  return text::visible(shortened(line, kLongestLine), text::LineBreaks::shown);
}

}  // namespace

void print(const std::string& text) {
  files::write_text_file("-", text::visible(text, text::LineBreaks::kept));
}

ExitCode report_error(const std::string& message, ExitCode code) {
  // Whatever a message quotes, a key among it, may be a store's address.
  text::tell("wukong: error: {}\n", in_one_line(without_secrets(message)));
  return code;
}

void report_warnings(std::span<const std::string> messages) {
  for (const std::string& message : messages)
    text::tell("wukong: warning: {}\n", in_one_line(message));
}

int run_command(command_line::Program& program, int argc, char** argv) {
  const command_line::Program::Reading reading = program.read(argc, argv);
  if (reading.action) return reading.action();
  print(reading.text);
  return kSuccess;
}

namespace {

constexpr const char* kNoMemory = "wukong: error: not enough memory\n";

// Destructors, and exceptions on their way, need memory, too: who has none left cannot go back in
// good order. So the program ends where it is. Nothing is half written: a document gets its name
// when it is complete, what stands beside it until then is removed, and SQLite's transactions are
// whole or undone.
[[noreturn]] void end_without_memory() {
  static std::atomic_flag told;
  while (told.test_and_set()) ::pause();  // another thread is ending it
  files::remove_unfinished_files();
  text::tell_text(kNoMemory);
  ::_exit(kNothingLeft);
}

}  // namespace

int run_guarded(const std::function<int()>& body) {
  std::set_new_handler(end_without_memory);
  try {
    return body();
  } catch (const files::WriteError& error) {
    return error.reader_gone() ? kReaderGone : report_error(error.what(), kNotWritten);
  } catch (const Error& error) {
    return report_error(error.what(), kBadInput);
  } catch (const std::bad_alloc&) {  // of who asks malloc, as SQLite does
    text::tell_text(kNoMemory);
    return kNothingLeft;
  } catch (const std::system_error& error) {  // a thread that does not start
    return report_error(std::string("the system has nothing left: ") + error.what(), kNothingLeft);
  } catch (const std::exception& error) {
    return report_error(std::string("unexpected: ") + error.what(), kBug);
  }
}

}  // namespace wukong::commands
