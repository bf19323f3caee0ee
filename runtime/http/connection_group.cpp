#include "runtime/http/connection_group.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "runtime/http/http_connection.h"
#include "runtime/http/response_text.h"

namespace wukong::http {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

ConnectionGroup::ConnectionGroup(boost::asio::io_context& loop, const HttpLimits& limits,
                                 RequestHandler handler, HttpHooks hooks)
    : limits_(limits),
      handler_(std::make_shared<const RequestHandler>(std::move(handler))),
      hooks_(std::move(hooks)),
      timer_(loop) {
  const milliseconds shortest = std::min({limits.idle_time, limits.header_time, limits.body_time,
                                          limits.write_time, limits.linger_time});
  look_every_ = std::clamp(shortest / 4, milliseconds(1), milliseconds(500));
}

Response ConnectionGroup::refusal(int status) const {
  if (hooks_.refusal) {
    Response own = hooks_.refusal(status);
    own.status = status;
    own.stream = nullptr;
    if (can_be_sent(own)) return own;
  }
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "text/plain"}};
  response.body = std::string(reason_phrase(status)) + "\n";
  return response;
}

void ConnectionGroup::remove(HttpConnection& connection) {
  open_.erase(&connection);
  if (open_.empty() && drained_) std::exchange(drained_, nullptr)();
}

void ConnectionGroup::watch() {
  if (watching_ || !timer_) return;
  watching_ = true;
  timer_->expires_after(look_every_);
  timer_->async_wait([group = weak_from_this()](const boost::system::error_code& error) {
    const auto self = group.lock();
    if (error || !self) return;
    self->watching_ = false;
    self->look();
  });
}

void ConnectionGroup::look() {
  const auto now = steady_clock::now();
  std::vector<std::shared_ptr<HttpConnection>> late;
  bool any = false;
  for (HttpConnection* connection : open_) {
    if (!connection->deadline()) continue;
    any = true;
    if (*connection->deadline() <= now) late.push_back(connection->shared_from_this());
  }
  for (const auto& connection : late) connection->time_out();
  if (any) watch();
}

void ConnectionGroup::drain(std::function<void()> drained) {
  draining_ = true;
  drained_ = std::move(drained);
  std::vector<std::shared_ptr<HttpConnection>> all;
  for (HttpConnection* connection : open_) all.push_back(connection->shared_from_this());
  for (const auto& connection : all) connection->close_unless_busy();
  if (open_.empty() && drained_) std::exchange(drained_, nullptr)();
}

void ConnectionGroup::close() {
  drained_ = nullptr;
  std::vector<std::shared_ptr<HttpConnection>> all;
  for (HttpConnection* connection : open_) all.push_back(connection->shared_from_this());
  for (const auto& connection : all) connection->close();
  timer_.reset();
  handler_ = nullptr;
  hooks_ = {};
}

}  // namespace wukong::http
