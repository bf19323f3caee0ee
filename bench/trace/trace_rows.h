// Which row of a trace a span is drawn in. A host has a row for each process that is busy on it at
// a time: one for an executor that does one thing after another, several for a worker with threads.
// A row that has become free is used again, so the rows of a host are as many as it ever did things
// side by side. Within a row spans are nested, never crossing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/span_sink.h"

namespace wukong::trace {

class TraceRows {
 public:
  struct Place {
    uint32_t row;   // numbered from 1, in the order of their first use
    bool new_row;   // this is its first use
    uint32_t span;  // the number for end()
  };

  void add_host(uint32_t host, engine::HostKind kind, std::string_view name);
  engine::HostKind kind(uint32_t host) const { return hosts_[host].kind; }

  Place begin(uint32_t host, uint32_t process);
  // Returns the span's row. REQUIRES: it is the innermost one there.
  uint32_t end(uint32_t span);
  uint32_t row_of(uint32_t span) const { return spans_[span].row; }

  // "worker 12" for a host's first row; "worker 12 (2)" for its second.
  std::string name(uint32_t row) const;
  // Where the row stands among others: hosts in order, their rows together.
  uint32_t place(uint32_t row) const;

 private:
  static constexpr uint32_t kNone = 0;

  struct Host {
    engine::HostKind kind = engine::HostKind::machine;
    uint32_t first_row = kNone;
    std::string name;
  };
  struct Row {
    uint32_t host;
    uint32_t process = 0;    // whose spans it shows
    uint32_t depth = 0;      // of open spans; 0: it is free
    uint32_t innermost = 0;  // if there are any
    uint32_t number = 1;     // among the host's
    uint32_t next = kNone;   // of the host
  };
  struct OpenSpan {
    uint32_t row;
    uint32_t outer;
  };

  uint32_t find_row(uint32_t host, uint32_t process, bool& is_new);

  uint32_t environments_ = 0;    // functions' hosts so far
  std::vector<Host> hosts_;      // by id
  std::vector<Row> rows_{1};     // by number; the first one is none
  std::vector<OpenSpan> spans_;  // by number
  std::vector<uint32_t> free_spans_;
};

}  // namespace wukong::trace
