#include "bench/command_line/command.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <utility>

namespace wukong::command_line {
namespace {

// The library's own range takes "nan" for a number within it.
const CLI::Validator& finite() {
  static const CLI::Validator validator(
      [](std::string& text) {
        double value = 0;
        return CLI::detail::lexical_cast(text, value) && std::isfinite(value)
                   ? std::string()
                   : "\"" + text + "\" is no number";
      },
      "");
  return validator;
}

}  // namespace

Flag& Flag::required() {
  option_->required();
  return *this;
}

Flag& Flag::repeatable() {
  option_->allow_extra_args(false);
  return *this;
}

Flag& Flag::within(uint64_t least, uint64_t most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Flag& Flag::within_reals(double least, double most) {
  option_->check(CLI::Range(least, most))->check(finite());
  return *this;
}

Flag& Flag::one_of(std::vector<std::string> values) {
  option_->check(CLI::IsMember(std::move(values)));
  return *this;
}

Flag& Flag::shows_default() {
  option_->capture_default_str();
  return *this;
}

Flag& Flag::excludes(Flag other) {
  option_->excludes(other.option_);
  return *this;
}

Flag& Flag::needs(Flag other) {
  option_->needs(other.option_);
  return *this;
}

Flag Command::value(const std::string& name, std::string& variable, const std::string& about) {
  return Flag(*app_->add_option(name, variable, about));
}

Flag Command::value(const std::string& name, std::optional<std::string>& variable,
                    const std::string& about) {
  return Flag(*app_->add_option(name, variable, about));
}

Flag Command::value(const std::string& name, std::vector<std::string>& variable,
                    const std::string& about) {
  return Flag(*app_->add_option(name, variable, about));
}

Flag Command::value(const std::string& name, int& variable, const std::string& about) {
  return Flag(*app_->add_option(name, variable, about));
}

Flag Command::value(const std::string& name, unsigned& variable, const std::string& about) {
  return Flag(*app_->add_option(name, variable, about));
}

Flag Command::value(const std::string& name, uint64_t& variable, const std::string& about) {
  return Flag(*app_->add_option(name, variable, about));
}

Flag Command::value(const std::string& name, std::optional<uint64_t>& variable,
                    const std::string& about) {
  return Flag(*app_->add_option(name, variable, about));
}

Flag Command::value(const std::string& name, std::optional<int64_t>& variable,
                    const std::string& about) {
  return Flag(*app_->add_option(name, variable, about));
}

Flag Command::value(const std::string& name, double& variable, const std::string& about) {
  return Flag(*app_->add_option(name, variable, about));
}

Flag Command::value(const std::string& name, std::function<void(const std::string&)> take,
                    const std::string& about) {
  return Flag(*app_->add_option_function<std::string>(name, std::move(take), about));
}

Flag Command::given(const std::string& name, bool& variable, const std::string& about) {
  return Flag(*app_->add_flag(name, variable, about));
}

Flag Command::given(const std::string& name, std::function<void()> take, const std::string& about) {
  return Flag(*app_->add_flag_callback(name, std::move(take), about));
}

Command Command::add_command(const std::string& name, const std::string& about) {
  return Command(*app_->add_subcommand(name, about), *chosen_);
}

void Command::require_command() { app_->require_subcommand(1); }

void Command::footer(const std::string& text) { app_->footer(text); }

void Command::does(Action action) {
  app_->callback([action = std::move(action), chosen = chosen_] { *chosen = action; });
}

}  // namespace wukong::command_line
