#include "runtime/http/request_reader.h"

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <optional>
#include <string>
#include <utility>

#include "sim/base/check.h"

namespace wukong::http {

namespace beast = boost::beast;

// Beast's own string body makes room for as many bytes as a request announces, before they come.
struct ArrivedBody {
  using value_type = std::string;
  class reader {
   public:
    template <bool isRequest, class Fields>
    reader(beast::http::header<isRequest, Fields>&, value_type& body) : body_(body) {}
    void init(const boost::optional<uint64_t>&, beast::error_code& error) { error = {}; }
    template <class Buffers>
    size_t put(const Buffers& buffers, beast::error_code& error) {
      error = {};
      const size_t before = body_.size();
      for (const auto buffer : beast::buffers_range_ref(buffers))
        body_.append(static_cast<const char*>(buffer.data()), buffer.size());
      return body_.size() - before;
    }
    void finish(beast::error_code& error) { error = {}; }

   private:
    value_type& body_;
  };
};

namespace {

constexpr size_t kHeaderPiece = size_t{4} * 1024;
constexpr size_t kBodyPiece = size_t{64} * 1024;

int status_of(const beast::error_code& error) {
  if (error == beast::http::error::header_limit) return 431;
  if (error == beast::http::error::body_limit) return 413;
  if (error == beast::http::error::bad_version) return 505;
  return 400;
}

}  // namespace

struct RequestReader::Parts {
  explicit Parts(const HttpLimits& granted) : limits(granted) { begin(); }
  void begin() {
    parser.emplace();
    parser->header_limit(static_cast<uint32_t>(limits.header_bytes));
    parser->body_limit(limits.body_bytes);
    parser->eager(false);
    headers_told = false;
  }
  State refuse(int status) {
    refusal = status;
    return State::refused;
  }

  HttpLimits limits;
  beast::flat_buffer buffer;
  std::optional<beast::http::request_parser<ArrivedBody>> parser;
  bool headers_told = false;
  int refusal = 0;
};

RequestReader::RequestReader(const HttpLimits& limits) : parts_(std::make_unique<Parts>(limits)) {}
RequestReader::~RequestReader() = default;

boost::asio::mutable_buffer RequestReader::space() {
  return parts_->buffer.prepare(parts_->headers_told ? kBodyPiece : kHeaderPiece);
}

void RequestReader::received(size_t bytes) { parts_->buffer.commit(bytes); }

bool RequestReader::has_bytes() const { return parts_->buffer.size() > 0; }

RequestReader::State RequestReader::advance() {
  auto& parser = *parts_->parser;
  beast::flat_buffer& buffer = parts_->buffer;
  while (!parser.is_done()) {
    if (buffer.size() == 0) return State::needs_more;
    beast::error_code error;
    const size_t used = parser.put(buffer.data(), error);
    buffer.consume(used);
    const bool needs_more = error == beast::http::error::need_more;
    if (error && !needs_more) return parts_->refuse(status_of(error));
    if (parser.is_header_done() && !parts_->headers_told) {
      parts_->headers_told = true;
      parser.eager(true);
      // A coding that is not undone here would leave the body's end to guesses.
      const auto coding = parser.get()[beast::http::field::transfer_encoding];
      if (!coding.empty() && !beast::iequals(coding, "chunked")) return parts_->refuse(501);
      if (!parser.is_done()) return State::has_headers;
    } else if (needs_more || (used == 0 && !parser.is_done())) {
      // The parser sets no limit to a chunk's extensions and to trailers.
      const size_t most = parts_->limits.header_bytes + kHeaderPiece + kBodyPiece;
      return buffer.size() > most ? parts_->refuse(431) : State::needs_more;
    }
  }
  return State::complete;
}

int RequestReader::refusal() const { return parts_->refusal; }

bool RequestReader::expects_continue() const {
  const auto& message = parts_->parser->get();
  return message.version() >= 11 && parts_->buffer.size() == 0 &&
         beast::iequals(message[beast::http::field::expect], "100-continue");
}

size_t RequestReader::body_bytes() const { return parts_->parser->get().body().size(); }

RequestReader::Whole RequestReader::take() {
  ENSURE(parts_->parser->is_done());
  auto& message = parts_->parser->get();
  Whole whole;
  whole.keep_alive = message.keep_alive();
  whole.old_client = message.version() < 11;
  whole.request.method = std::string(message.method_string());
  whole.request.target = std::string(message.target());
  for (const auto& field : message)
    whole.request.headers.emplace_back(std::string(field.name_string()),
                                       std::string(field.value()));
  whole.request.body = std::move(message.body());
  parts_->begin();
  if (parts_->buffer.size() == 0 && parts_->buffer.capacity() > 2 * kHeaderPiece)
    parts_->buffer.shrink_to_fit();
  return whole;
}

}  // namespace wukong::http
