// What a client sends a server, in whatever pieces: the same requests come out, or the same
// refusal; and what a Runtime API makes of them, which is given all of them, right or wrong.
#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "runtime/environments/runtime_api.h"
#include "runtime/http/request_reader.h"
#include "runtime/http/response_text.h"
#include "test/fuzz/fuzz.h"

namespace wukong::fuzz {
namespace {

struct Heard {
  std::vector<http::Request> requests;
  int refusal = 0;
};

bool same(const http::Request& a, const http::Request& b) {
  return a.method == b.method && a.target == b.target && a.headers == b.headers && a.body == b.body;
}

Heard read(const std::string& bytes, size_t piece) {
  constexpr http::HttpLimits kLimits = {.header_bytes = 1000, .body_bytes = 2000};
  http::RequestReader reader(kLimits);
  Heard heard;
  for (size_t at = 0; at < bytes.size();) {
    const auto space = reader.space();
    const size_t taken = std::min({piece, bytes.size() - at, space.size()});
    std::memcpy(space.data(), bytes.data() + at, taken);
    reader.received(taken);
    at += taken;
    for (;;) {
      const auto state = reader.advance();
      if (state == http::RequestReader::State::refused) {
        heard.refusal = reader.refusal();
        ENSURE(http::reason_phrase(heard.refusal).size() > 2);
        return heard;
      }
      ENSURE(reader.body_bytes() <= kLimits.body_bytes);
      if (state == http::RequestReader::State::needs_more) break;
      if (state == http::RequestReader::State::complete)
        heard.requests.push_back(reader.take().request);
    }
  }
  return heard;
}

// Each request is answered once; the call in progress ends once.
void ask_runtime_api(const std::vector<http::Request>& requests) {
  int calls = 0;
  int outcomes = 0;
  environments::RuntimeApi* handed = nullptr;
  environments::Event event;
  event.request_id = "1";
  environments::RuntimeApi api({.on_next =
                                    [&] {
                                      ++calls;
                                      handed->hand_over(event);
                                    },
                                .on_outcome =
                                    [&](const environments::Outcome& outcome) {
                                      ++outcomes;
                                      environments::answer_body(outcome, "1");
                                    },
                                .on_init_error = [](const environments::Outcome&) {}});
  handed = &api;
  for (const http::Request& request : requests) {
    int answers = 0;
    api.handle(request, [&](const http::Response& response) {
      ++answers;
      ENSURE(http::can_be_sent(response));
      http::response_head(response, {});
    });
    ENSURE(answers == 1, answers);
    ENSURE(outcomes == calls || outcomes + 1 == calls, outcomes, calls);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // Lines are judged once they are whole, sooner or later as the pieces have it: so they end.
  const std::string bytes = text_of(data, size) + "\r\n\r\n";
  const Heard whole = read(bytes, bytes.size());
  for (const size_t piece : {size_t{1}, size_t{7}}) {
    const Heard pieces = read(bytes, piece);
    ENSURE(pieces.requests.size() == whole.requests.size());
    ENSURE(
        std::equal(pieces.requests.begin(), pieces.requests.end(), whole.requests.begin(), same));
    ENSURE((pieces.refusal == 0) == (whole.refusal == 0), pieces.refusal, whole.refusal);
  }
  ask_runtime_api(whole.requests);
  return 0;
}

}  // namespace wukong::fuzz
