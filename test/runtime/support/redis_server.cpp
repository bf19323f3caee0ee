#include "test/runtime/support/redis_server.h"

#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <thread>
#include <utility>

namespace wukong::test {
namespace {

// Below the ports that a system gives to whoever asks for any: one of these could be given away
// before the server has it, or while it is down, to a server of another test.
int free_port() {
  constexpr int kFirst = 20'000;
  constexpr int kPorts = 12'000;
  static int tried = getpid() % kPorts * 997;  // so that two programs of tests seldom try the same
  for (int i = 0; i < kPorts; ++i) {
    const int port = kFirst + ++tried % kPorts;
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    const bool is_free = bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(socket);
    if (is_free) return port;
  }
  throw std::runtime_error("no free port");
}

bool answers(int port) {
  redisContext* const redis = redisConnectWithTimeout("127.0.0.1", port, timeval{1, 0});
  const bool good = redis != nullptr && redis->err == 0;
  if (redis != nullptr) redisFree(redis);
  return good;
}

}  // namespace

RedisServer::RedisServer(Data data, std::string password, std::vector<std::string> options)
    : data_(data),
      password_(std::move(password)),
      options_(std::move(options)),
      port_(free_port()) {
  start();
}

void RedisServer::start() {
  if (process_ >= 0) throw std::runtime_error("the Redis server runs already");
  const std::string port = std::to_string(port_);
  process_ = fork();
  if (process_ == 0) {
    const int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    std::vector<std::string> words{"redis-server",
                                   "--port",
                                   port,
                                   "--bind",
                                   "127.0.0.1",
                                   "--save",
                                   "",
                                   "--appendonly",
                                   data_ == Data::kept ? "yes" : "no",
                                   "--dir",
                                   folder_.path(),
                                   "--unixsocket",
                                   socket(),
                                   "--requirepass",
                                   password_};
    words.insert(words.end(), options_.begin(), options_.end());
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  for (int tries = 0; tries < 2000; ++tries) {
    if (answers(port_)) return;
    if (waitpid(process_, nullptr, WNOHANG) == process_) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  process_ = -1;
  throw std::runtime_error("redis-server does not start");
}

RedisServer::~RedisServer() { stop(); }

size_t RedisServer::keys() const {
  redisContext* const redis = redisConnect("127.0.0.1", port_);
  if (!password_.empty()) freeReplyObject(redisCommand(redis, "AUTH %s", password_.c_str()));
  auto* const reply = static_cast<redisReply*>(redisCommand(redis, "DBSIZE"));
  const auto keys = static_cast<size_t>(reply->integer);
  freeReplyObject(reply);
  redisFree(redis);
  return keys;
}

void RedisServer::command(const std::vector<std::string>& words) const {
  std::vector<const char*> arguments;
  for (const std::string& word : words) arguments.push_back(word.c_str());
  redisContext* const redis = redisConnect("127.0.0.1", port_);
  void* const reply =
      redisCommandArgv(redis, static_cast<int>(arguments.size()), arguments.data(), nullptr);
  const bool good = reply != nullptr && static_cast<redisReply*>(reply)->type != REDIS_REPLY_ERROR;
  if (reply != nullptr) freeReplyObject(reply);
  redisFree(redis);
  if (!good) throw std::runtime_error("redis-server refuses " + words.front());
}

void RedisServer::pause() const { kill(process_, SIGSTOP); }
void RedisServer::go_on() const { kill(process_, SIGCONT); }

void RedisServer::stop() {
  if (process_ < 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
  process_ = -1;
}

}  // namespace wukong::test
