// A library that is loaded before the C library (LD_PRELOAD): it makes one call of the program to
// the system fail, or writes down what the program does to its files. For test/io/io_faults.py and
// test/io/power_loss.py.
//
// FAILING_CALL=kind:n:error[+]   the n-th call of that kind, from 1 on, fails with that errno; with
//                                a plus all later ones too. "short" in place of an errno: only half
//                                is written.
// FAILING_REPORT=FILE            gets a line "struck" when it does, and at the end of the process
//                                "kind count" for each kind.
// RECORD=FILE, RECORD_FOLDER=D   see recorded_calls.h.
//
// Calls are counted from the start of main() on. What is written to stderr is left alone, so that
// the program can say what went wrong.
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "test/io/recorded_calls.h"

namespace {

enum Kind { kWrite, kFwrite, kFsync, kRename, kOpen, kMalloc, kMmap, kThread, kKinds };
constexpr std::array<const char*, kKinds> kNames = {"write", "fwrite", "fsync", "rename",
                                                    "open",  "malloc", "mmap",  "thread"};

struct Plan {
  int kind = -1;
  uint64_t first = 0;
  int error = 0;  // 0: half of a write
  bool all_later = false;
};

Plan plan;
std::atomic<bool> counting{false};
std::array<std::atomic<uint64_t>, kKinds> counts{};

// Not through the calls of this library.
void report(const char* text) {
  const char* const path = std::getenv("FAILING_REPORT");
  if (path == nullptr) return;
  const long file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT, 0600);
  if (file < 0) return;
  syscall(SYS_write, file, text, std::strlen(text));
  syscall(SYS_close, file);
}

bool strikes(Kind kind) {
  if (!counting) return false;
  const uint64_t number = ++counts[kind];
  if (kind != plan.kind) return false;
  const bool struck = number == plan.first || (plan.all_later && number > plan.first);
  if (!struck) return false;
  if (number == plan.first) report("struck\n");
  errno = plan.error;
  return true;
}

bool halves() { return plan.error == 0; }

// Not an event or a timer, which cannot be full.
bool is_file(int file) {
  struct stat seen{};
  return file != STDERR_FILENO && fstat(file, &seen) == 0 && (seen.st_mode & S_IFMT) != 0;
}

template <class Function>
Function* next(Function*& known, const char* name) {
  if (known == nullptr) known = reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
  return known;
}

// The real function of that name.
#define NEXT(name)                  \
  ([] {                             \
    static decltype(&::name) known; \
    return next(known, #name);      \
  }())

void read_plan() {
  const char* text = std::getenv("FAILING_CALL");
  if (text == nullptr) return;
  const char* const colon = std::strchr(text, ':');
  if (colon == nullptr) return;
  for (int kind = 0; kind < kKinds; ++kind)
    if (std::strlen(kNames[kind]) == static_cast<size_t>(colon - text) &&
        std::strncmp(kNames[kind], text, colon - text) == 0)
      plan.kind = kind;
  char* end = nullptr;
  plan.first = std::strtoull(colon + 1, &end, 10);
  if (*end == ':') plan.error = static_cast<int>(std::strtol(end + 1, &end, 10));
  plan.all_later = *end == '+';
}

__attribute__((destructor)) void report_counts() {
  counting = false;
  char line[64];
  for (int kind = 0; kind < kKinds; ++kind) {
    std::snprintf(line, sizeof line, "%s %llu\n", kNames[kind],
                  static_cast<unsigned long long>(counts[kind].load()));
    report(line);
  }
}

int (*real_main)(int, char**, char**);

int counted_main(int argc, char** argv, char** environment) {
  read_plan();
  recorded::begin();
  unsetenv("LD_PRELOAD");  // programs that this one starts are their own
  counting = true;
  return real_main(argc, argv, environment);
}

}  // namespace

extern "C" {

int __libc_start_main(int (*main)(int, char**, char**), int argc, char** argv, void (*init)(),
                      void (*fini)(), void (*rtld_fini)(), void* stack_end) {
  using Start =
      int(int (*)(int, char**, char**), int, char**, void (*)(), void (*)(), void (*)(), void*);
  real_main = main;
  auto* const start = reinterpret_cast<Start*>(dlsym(RTLD_NEXT, "__libc_start_main"));
  return start(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}

// ---- bytes to files

ssize_t write(int file, const void* bytes, size_t size) {
  if (is_file(file) && strikes(kWrite)) {
    if (!halves()) return -1;
    size = (size + 1) / 2;
  }
  const off_t place = recorded::append_place(file);
  const ssize_t written = NEXT(write)(file, bytes, size);
  recorded::wrote(file, place, bytes, written);
  return written;
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t place) {
  if (strikes(kWrite)) {
    if (!halves()) return -1;
    size = (size + 1) / 2;
  }
  const ssize_t written = NEXT(pwrite64)(file, bytes, size, place);
  recorded::wrote(file, place, bytes, written);
  return written;
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t place) {
  return pwrite64(file, bytes, size, place);
}

ssize_t writev(int file, const iovec* parts, int count) {
  if (is_file(file) && strikes(kWrite)) {
    if (!halves()) return -1;
    count = 1;
  }
  return NEXT(writev)(file, parts, count);
}

// The C library writes for these without a call that could be caught, so they fail themselves, with
// half of their bytes in the file.
size_t fwrite(const void* bytes, size_t size, size_t count, FILE* file) {
  if (file != stderr && strikes(kFwrite)) {
    const int error = halves() ? ENOSPC : errno;
    NEXT(fwrite)(bytes, 1, size * count / 2, file);
    errno = error;
    return size > 0 ? size * count / 2 / size : 0;
  }
  const off_t place = ftello(file);
  const size_t written = NEXT(fwrite)(bytes, size, count, file);
  recorded::wrote(fileno(file), place, bytes, static_cast<ssize_t>(written * size));
  return written;
}

int fflush(FILE* file) {
  if (file != stderr && strikes(kFwrite) && !halves()) return EOF;
  return NEXT(fflush)(file);
}

int fclose(FILE* file) {
  const bool fails = strikes(kFwrite) && !halves();
  const int error = errno;
  const int closed = NEXT(fclose)(file);
  if (!fails) return closed;
  errno = error;
  return EOF;
}

int ftruncate64(int file, off64_t size) {
  const int result = NEXT(ftruncate64)(file, size);
  if (result == 0) recorded::truncated(file, size);
  return result;
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int fsync(int file) {
  if (strikes(kFsync)) return -1;
  const int result = NEXT(fsync)(file);
  if (result == 0) recorded::synced(file);
  return result;
}

int fdatasync(int file) {
  if (strikes(kFsync)) return -1;
  const int result = NEXT(fdatasync)(file);
  if (result == 0) recorded::synced(file);
  return result;
}

// ---- names

int rename(const char* from, const char* to) noexcept {
  if (strikes(kRename)) return -1;
  const int result = NEXT(rename)(from, to);
  if (result == 0) recorded::renamed(from, to);
  return result;
}

int unlink(const char* path) noexcept {
  const int result = NEXT(unlink)(path);
  if (result == 0) recorded::removed(path);
  return result;
}

int remove(const char* path) noexcept {
  const int result = NEXT(remove)(path);
  if (result == 0) recorded::removed(path);
  return result;
}

int open64(const char* path, int flags, ...) {
  mode_t mode = 0;
  if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
    va_list more;
    va_start(more, flags);
    mode = va_arg(more, mode_t);
    va_end(more);
  }
  if (strikes(kOpen)) return -1;
  const bool creates = (flags & O_CREAT) != 0 && access(path, F_OK) != 0;
  const int file = NEXT(open64)(path, flags, mode);
  if (file >= 0) recorded::opened(file, path, creates, (flags & O_TRUNC) != 0);
  return file;
}

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return open64(path, flags, mode);
}

FILE* fopen64(const char* path, const char* mode) {
  if (strikes(kOpen)) return nullptr;
  return NEXT(fopen64)(path, mode);
}

FILE* fopen(const char* path, const char* mode) { return fopen64(path, mode); }

// ---- memory and threads

void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* block, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

void* malloc(size_t size) { return strikes(kMalloc) ? nullptr : __libc_malloc(size); }

void* calloc(size_t count, size_t size) {
  return strikes(kMalloc) ? nullptr : __libc_calloc(count, size);
}

void* realloc(void* block, size_t size) {
  return strikes(kMalloc) ? nullptr : __libc_realloc(block, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  return strikes(kMalloc) ? nullptr : __libc_memalign(alignment, size);
}

int posix_memalign(void** block, size_t alignment, size_t size) {
  if (strikes(kMalloc)) return ENOMEM;
  *block = __libc_memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}

void* mmap64(void* place, size_t size, int protection, int flags, int file,
             off64_t offset) noexcept {
  if (strikes(kMmap)) return MAP_FAILED;
  return NEXT(mmap64)(place, size, protection, flags, file, offset);
}

void* mmap(void* place, size_t size, int protection, int flags, int file, off_t offset) noexcept {
  return mmap64(place, size, protection, flags, file, offset);
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*body)(void*),
                   void* argument) noexcept {
  if (strikes(kThread)) return EAGAIN;
  return NEXT(pthread_create)(thread, attributes, body, argument);
}

}  // extern "C"
