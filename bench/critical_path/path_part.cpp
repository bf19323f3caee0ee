#include "bench/critical_path/path_part.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace wukong::critical_path {
namespace {

using engine::SpanKind;
using run::PathPart;

struct Entry {
  std::string_view text;
  PathPart part;
};

template <size_t N>
PathPart find(const Entry (&entries)[N], std::string_view text, PathPart otherwise) {
  const auto found = std::find_if(std::begin(entries), std::end(entries),
                                  [text](const Entry& entry) { return entry.text == text; });
  return found == std::end(entries) ? otherwise : found->part;
}

// Operations on objects; every other one reads.
constexpr Entry kObjects[] = {
    {"put", PathPart::put}, {"spill", PathPart::put}, {"exists", PathPart::look}};

constexpr Entry kMetadata[] = {{"request", PathPart::message}, {"publish", PathPart::message}};

// Waits with a span; every other one is until a next look.
constexpr Entry kWaits[] = {
    {"back-off", PathPart::retry},  {"back-off after a 429", PathPart::retry},
    {"busy peer", PathPart::retry}, {"restart", PathPart::retry},
    {"connect", PathPart::message}, {"connection to the scheduler", PathPart::message}};

// Waits of which only the engine knows, by the reason that it was given.
constexpr Entry kReasons[] = {{"a transfer", PathPart::message},
                              {"a message", PathPart::message},
                              {"its notification's way", PathPart::message},
                              {"a message to the scheduler", PathPart::message},
                              {"a message to the client", PathPart::message},
                              {"a reply of a worker", PathPart::message},
                              {"the time of a late message", PathPart::message},
                              {"another message", PathPart::message},
                              {"the scheduler's event loop", PathPart::scheduler},
                              {"the next batch of invocations", PathPart::scheduler},
                              {"the graph's optimisation", PathPart::scheduler},
                              {"the graph's serialisation", PathPart::scheduler},
                              {"its event loop", PathPart::executor},
                              {"a peer's event loop", PathPart::executor},
                              {"its retry", PathPart::retry},
                              {"its back-off after a throttle", PathPart::retry},
                              {"another try of the client", PathPart::retry},
                              {"the start of a worker", PathPart::retry},
                              {"a store that does not answer", PathPart::retry},
                              {"a metadata store that does not answer", PathPart::retry},
                              {"the nanny's next look", PathPart::poll},
                              {"the next look at stealing", PathPart::poll},
                              {"the least possible time", PathPart::bound}};

}  // namespace

PathPart part_of(const Wait& wait, Place place) {
  if (!wait.span) return find(kReasons, wait.reason, PathPart::unattributed);
  const std::string_view name = wait.span->name;
  switch (wait.span->kind) {
    case SpanKind::task:
      return PathPart::compute;
    case SpanKind::object:
      return find(kObjects, name, PathPart::get);
    case SpanKind::metadata:
      return find(kMetadata, name, PathPart::counter);
    case SpanKind::queue:
      return PathPart::queue;
    case SpanKind::start:
      return name == "cold start" ? PathPart::cold_start : PathPart::warm_start;
    case SpanKind::invoke:
      return PathPart::invoke;
    case SpanKind::work:
      if (name == "copy") return PathPart::copy;
      return place == Place::scheduler ? PathPart::scheduler : PathPart::executor;
    case SpanKind::wait:
      return find(kWaits, name, PathPart::poll);
    case SpanKind::function:
      return PathPart::executor;
  }
  return PathPart::unattributed;
}

}  // namespace wukong::critical_path
