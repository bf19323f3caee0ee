#include "scheduler/wukong/executor_story.h"

#include <algorithm>

namespace wukong::wukong_policy {
namespace {

// To a tenth of a second.
std::string seconds_of(Duration time) {
  const int64_t tenths = (time.count_ns() + 50'000'000) / 100'000'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::string how_it_came(const dag::Dag& dag, const Assignment& assignment) {
  const std::string from = assignment.from.valid() ? dag.name(assignment.from) : "";
  switch (assignment.came) {
    case Came::invoked:
      return "the executor was invoked for it";
    case Came::become:
      return "become after " + from;
    case Came::clustered:
      return "clustered with " + from + ", whose output is large";
    case Came::late:
      return "clustered with " + from + ", while whose large output was stored it became ready";
    case Came::held:
      return "clustered with " + from + ", whose large output was held for it by delayed I/O";
  }
  return "";
}

}  // namespace

void ExecutorStory::begin(const Assignment& assignment, Time now) {
  since_ = now;
  ++came_[static_cast<size_t>(assignment.came)];
  running_ = Chapter{assignment, tasks_++, Duration::zero()};
}

void ExecutorStory::end(Time now) {
  running_->took = now - since_;
  longest_.push_back(*running_);
  running_.reset();
  if (longest_.size() <= kTold) return;
  const auto shorter = [](const Chapter& a, const Chapter& b) { return a.took < b.took; };
  longest_.erase(std::min_element(longest_.begin(), longest_.end(), shorter));
}

void ExecutorStory::note_invocation(Duration took) {
  ++invocations_;
  invoking_ += took;
}

void ExecutorStory::note_wait(Duration took) { waiting_ += took; }

std::string ExecutorStory::tell(const dag::Dag& dag, Time now) const {
  std::vector<Chapter> told = longest_;
  if (running_) told.push_back(*running_);
  std::string text = "it ran " + std::to_string(tasks_) + (tasks_ == 1 ? " task" : " tasks");
  text += told.size() < tasks_ ? ", the longest of them " : ": ";
  for (const Chapter& chapter : told) {
    const bool is_running = running_ && chapter.number == running_->number;
    if (&chapter != &told.front()) text += ", ";
    text += dag.name(chapter.assignment.task) + " (" + how_it_came(dag, chapter.assignment) + "; ";
    text += is_running ? "running for " + seconds_of(now - since_) : seconds_of(chapter.took);
    text += ")";
  }
  const uint64_t clustered = came_[static_cast<size_t>(Came::clustered)] +
                             came_[static_cast<size_t>(Came::late)] +
                             came_[static_cast<size_t>(Came::held)];
  const uint64_t became = came_[static_cast<size_t>(Came::become)];
  if (invocations_ > 0)
    text += "; it invoked " + std::to_string(invocations_) +
            (invocations_ == 1 ? " executor" : " executors") + ", one after another, which took " +
            seconds_of(invoking_);
  if (waiting_ > Duration::zero())
    text += "; it waited " + seconds_of(waiting_) + " for delayed fan-ins";
  if (clustered > 0) text += "; " + std::to_string(clustered) + " of them by task clustering";
  if (clustered + became > 0)
    text += "; with stay_within_time_limit: true an executor takes on only what ends in time";
  return text;
}

}  // namespace wukong::wukong_policy
