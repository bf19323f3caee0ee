#include "runtime/function_state/state_file.h"

#include <sqlite3.h>

#include <new>
#include <vector>

#include "sim/base/error.h"

namespace wukong::function_state {
namespace {

constexpr int kApplication = 0x776b7366;  // "wksf"
constexpr const char* kTables =
    "CREATE TABLE IF NOT EXISTS functions(name TEXT PRIMARY KEY, document TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS code(id TEXT PRIMARY KEY, zip BLOB NOT NULL);";

}  // namespace

// A statement is prepared for each use: control requests are rare.
class StateFile::Connection {
 public:
  explicit Connection(const std::string& path) : path_(path) {
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    check(sqlite3_open_v2(path.empty() ? ":memory:" : path.c_str(), &database_, flags, nullptr));
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { sqlite3_close(database_); }

  void execute(const std::string& sql) {
    check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr));
  }
  // Binds the texts, and gives the rows' columns, each a text.
  std::vector<std::vector<std::string>> rows(const char* sql,
                                             const std::vector<std::string_view>& values = {}) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr));
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, sqlite3_finalize);
    for (size_t i = 0; i < values.size(); ++i)
      check(sqlite3_bind_blob64(statement, static_cast<int>(i) + 1, values[i].data(),
                                values[i].size(), SQLITE_STATIC));
    std::vector<std::vector<std::string>> found;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
      std::vector<std::string>& row = found.emplace_back();
      for (int column = 0; column < sqlite3_column_count(statement); ++column) {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
        const auto size = static_cast<size_t>(sqlite3_column_bytes(statement, column));
        row.push_back(bytes == nullptr ? std::string() : std::string(bytes, size));
      }
    }
    if (code != SQLITE_DONE) check(code);
    return found;
  }

 private:
  void check(int code) {
    if (code == SQLITE_OK) return;
    if (code == SQLITE_NOMEM || database_ == nullptr) throw std::bad_alloc();
    const std::string reason = sqlite3_errmsg(database_);
    if (code == SQLITE_NOTADB)
      throw Error({path_, 0, ""}, "a state file of `wukong serve`", "another kind of file");
    if (code == SQLITE_BUSY)
      throw Error({path_, 0, ""}, "a state file that no other server uses", "one that is in use");
    throw Error({path_, 0, ""}, "cannot be used: " + reason);
  }

  std::string path_;
  sqlite3* database_ = nullptr;
};

StateFile::StateFile(const std::string& path) : connection_(std::make_unique<Connection>(path)) {
  connection_->execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL;");
  const std::string application = connection_->rows("PRAGMA application_id")[0][0];
  const bool is_new = connection_->rows("SELECT count(*) FROM sqlite_master")[0][0] == "0";
  if (!is_new && application != std::to_string(kApplication))
    throw Error({path, 0, ""}, "a state file of `wukong serve`", "another kind of database");
  connection_->execute("BEGIN EXCLUSIVE");
  connection_->execute("PRAGMA application_id = " + std::to_string(kApplication));
  connection_->execute(kTables);
  connection_->execute("COMMIT");
}

StateFile::~StateFile() = default;

std::map<std::string, std::string> StateFile::functions() {
  std::map<std::string, std::string> found;
  for (auto& row : connection_->rows("SELECT name, document FROM functions"))
    found.emplace(std::move(row[0]), std::move(row[1]));
  return found;
}

void StateFile::put_function(const std::string& name, const std::string& text) {
  connection_->rows("INSERT OR REPLACE INTO functions VALUES(?, ?)", {name, text});
}

void StateFile::erase_function(const std::string& name) {
  connection_->rows("DELETE FROM functions WHERE name = ?", {name});
}

void StateFile::put_code(const std::string& id, std::string_view bytes) {
  connection_->rows("INSERT OR REPLACE INTO code VALUES(?, ?)", {id, bytes});
}

std::optional<std::string> StateFile::code(const std::string& id) {
  auto rows = connection_->rows("SELECT zip FROM code WHERE id = ?", {id});
  if (rows.empty()) return std::nullopt;
  return std::move(rows[0][0]);
}

void StateFile::keep_code(const std::set<std::string>& ids) {
  for (const auto& row : connection_->rows("SELECT id FROM code"))
    if (ids.count(row[0]) == 0) connection_->rows("DELETE FROM code WHERE id = ?", {row[0]});
}

}  // namespace wukong::function_state
