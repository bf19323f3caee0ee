// What a server knows of its functions, in an SQLite file: a text for each function, and the zip
// files of their code. What was put is there after a SIGKILL, and after a loss of power. One
// process at a time; for one thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace wukong::function_state {

class StateFile {
 public:
  // An empty path: kept in memory alone. Throws Error, which names the file, if it is another kind
  // of file, or in use; so do all others.
  explicit StateFile(const std::string& path);
  StateFile(const StateFile&) = delete;
  StateFile& operator=(const StateFile&) = delete;
  ~StateFile();

  // By name.
  std::map<std::string, std::string> functions();
  void put_function(const std::string& name, const std::string& text);
  void erase_function(const std::string& name);

  void put_code(const std::string& id, std::string_view bytes);
  std::optional<std::string> code(const std::string& id);
  // Of code, only this is still needed.
  void keep_code(const std::set<std::string>& ids);

 private:
  class Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace wukong::function_state
