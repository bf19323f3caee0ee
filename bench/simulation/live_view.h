// One line on a terminal that says how an emulated run gets on, and is gone in the end. Nothing if
// the standard error is no terminal.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <string>

#include "runtime/loop/wall_clock.h"

namespace wukong::dag {
class Dag;
}  // namespace wukong::dag

namespace wukong::platform {
class Platform;
}  // namespace wukong::platform

namespace wukong::simulation {

// E.g. "wukong  1.2 s  tasks 17/63  running 4  cold starts 8  429s 0  read 1.2 MB  written 3 kB
// $0.00012".
std::string progress_line(const std::string& system, Time now, platform::Platform& platform,
                          size_t tasks);

// A warning on the standard error while a view may be there.
void print_above_live_view(const std::string& warning);

class LiveView {
 public:
  // All outlive it.
  LiveView(loop::WallClock& clock, platform::Platform& platform, std::string system,
           const dag::Dag& dag);
  LiveView(const LiveView&) = delete;
  LiveView& operator=(const LiveView&) = delete;
  ~LiveView();

 private:
  void refresh();

  loop::WallClock& clock_;
  platform::Platform& platform_;
  std::string system_;
  const dag::Dag& dag_;
  boost::asio::steady_timer timer_;
  bool shown_ = false;
};

}  // namespace wukong::simulation
