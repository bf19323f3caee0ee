// SQLite behind RAII: a connection and its prepared statements. Whatever SQLite reports becomes an
// Error that names the file. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace wukong::results {

class Database {
 public:
  enum class Mode { read_only, read_write, create };
  Database(const std::string& path, Mode mode);

  const std::string& path() const { return path_; }
  sqlite3* handle() const { return connection_.get(); }
  // Statements without results, separated by semicolons.
  void execute(const std::string& sql);
  // Writes the journal of the next transactions over that of the last one, and removes it at the
  // end, instead of making and removing one each time: as safe, and a third of the waiting.
  void keep_journal();
  int64_t last_insert_id() const;
  int64_t rows_changed() const;  // by the last statement
  // Throws the Error for what SQLite said last.
  [[noreturn]] void fail(int code) const;

 private:
  struct Close {
    bool remove_journal;
    void operator()(sqlite3* connection) const;
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> connection_;
};

// A prepared statement, used again and again: bind, then step through the rows, then reset.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);

  // Parameters and columns count from 0.
  Statement& bind(int index, int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind_null(int index);

  bool step();  // true: a row is there
  void run();   // to the end, and ready to be bound again
  void reset();

  int columns() const;
  std::string column_name(int index) const;
  bool is_null(int index) const;
  bool is_number(int index) const;
  int64_t integer(int index) const;
  double real(int index) const;
  std::string text(int index) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void check(int code);
  Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace wukong::results
