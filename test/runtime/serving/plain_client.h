// HTTP as a client of a test speaks it: over a socket of its own, which waits.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace wukong::test {

struct Got {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  std::string header(const std::string& name) const;
};

class PlainClient {
 public:
  // "http://127.0.0.1:1234"
  explicit PlainClient(const std::string& endpoint);
  PlainClient(const PlainClient&) = delete;
  PlainClient& operator=(const PlainClient&) = delete;
  ~PlainClient();

  void send(const std::string& method, const std::string& target, const std::string& body = "",
            const std::string& headers = "");
  Got receive();
  Got call(const std::string& method, const std::string& target, const std::string& body = "",
           const std::string& headers = "") {
    send(method, target, body, headers);
    return receive();
  }

 private:
  void fill();

  int socket_;
  std::string buffer_;
};

}  // namespace wukong::test
