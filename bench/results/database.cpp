#include "bench/results/database.h"

#include <sqlite3.h>

#include <cerrno>
#include <new>
#include <utility>

#include "bench/files/output_file.h"
#include "sim/base/error.h"

namespace wukong::results {
namespace {

// How long another program may hold the file before that is an error.
constexpr int kLongestLockMs = 5000;

int flags_of(Database::Mode mode) {
  switch (mode) {
    case Database::Mode::read_only:
      return SQLITE_OPEN_READONLY;
    case Database::Mode::read_write:
      return SQLITE_OPEN_READWRITE;
    case Database::Mode::create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  return 0;
}

// Of an input/output error: whether something was to be written.
bool was_writing(int extended) {
  return extended == SQLITE_IOERR_WRITE || extended == SQLITE_IOERR_FSYNC ||
         extended == SQLITE_IOERR_DIR_FSYNC || extended == SQLITE_IOERR_TRUNCATE;
}

}  // namespace

void Database::Close::operator()(sqlite3* connection) const {
  // Left behind, an empty journal does no harm.
  if (remove_journal)
    sqlite3_exec(connection, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
  sqlite3_close(connection);
}

Database::Database(const std::string& path, Mode mode)
    : path_(path), connection_(nullptr, Close{.remove_journal = false}) {
  sqlite3* connection = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &connection, flags_of(mode) | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);  // there is one to close even when opening failed
  if (code != SQLITE_OK) fail(code);
  sqlite3_busy_timeout(connection, kLongestLockMs);
}

void Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

void Database::keep_journal() {
  execute("PRAGMA journal_mode = PERSIST");
  connection_.get_deleter().remove_journal = true;
}

int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(handle()); }

int64_t Database::rows_changed() const { return sqlite3_changes(handle()); }

void Database::fail(int code) const {
  if ((code & 0xff) == SQLITE_NOMEM || !connection_) throw std::bad_alloc();
  const std::string reason = sqlite3_errmsg(handle());
  switch (code & 0xff) {
    case SQLITE_FULL:
      throw files::WriteError(path_, ENOSPC);
    case SQLITE_IOERR:
      if (was_writing(sqlite3_extended_errcode(handle()))) throw files::WriteError(path_, EIO);
      throw Error({path_, 0, ""}, "cannot be used: " + reason);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error({path_, 0, ""}, "a results file that is free",
                  "one that another program has locked");
    case SQLITE_NOTADB:
      throw Error({path_, 0, ""}, "a results file of wukong", "another kind of file");
    case SQLITE_CORRUPT:
      throw Error({path_, 0, ""}, "a results file that is whole",
                  "a damaged one (" + reason + "); nothing was written to it");
    case SQLITE_CANTOPEN:
      throw Error({path_, 0, ""}, "cannot be opened: " + reason);
    default:
      throw Error({path_, 0, ""}, "cannot be used: " + reason);
  }
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &statement,
                           nullptr));
  statement_.reset(statement);
}

void Statement::check(int code) {
  if (code != SQLITE_OK) database_->fail(code);
}

Statement& Statement::bind(int index, int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), index + 1, value));
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  check(sqlite3_bind_text(statement_.get(), index + 1, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT));
  return *this;
}

Statement& Statement::bind_null(int index) {
  check(sqlite3_bind_null(statement_.get(), index + 1));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_->fail(code);
  return false;
}

void Statement::run() {
  while (step()) {
  }
  reset();
}

void Statement::reset() { check(sqlite3_reset(statement_.get())); }

int Statement::columns() const { return sqlite3_column_count(statement_.get()); }

std::string Statement::column_name(int index) const {
  const char* const name = sqlite3_column_name(statement_.get(), index);
  if (name == nullptr) throw std::bad_alloc();
  return name;
}

bool Statement::is_null(int index) const {
  return sqlite3_column_type(statement_.get(), index) == SQLITE_NULL;
}

bool Statement::is_number(int index) const {
  const int type = sqlite3_column_type(statement_.get(), index);
  return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

int64_t Statement::integer(int index) const {
  return sqlite3_column_int64(statement_.get(), index);
}

double Statement::real(int index) const { return sqlite3_column_double(statement_.get(), index); }

std::string Statement::text(int index) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), index));
  if (text == nullptr && sqlite3_errcode(database_->handle()) == SQLITE_NOMEM)
    throw std::bad_alloc();
  if (text == nullptr) return "";
  return {text, static_cast<size_t>(sqlite3_column_bytes(statement_.get(), index))};
}

// Immediate: the lock that writing needs is taken now, or is an error now.
Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (open_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace wukong::results
