#include "bench/command_line/help_format.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>

#include "bench/text/display_width.h"

namespace wukong::command_line {
namespace {

constexpr size_t kWidest = 100;  // longer lines of prose are hard to read
constexpr size_t kColumn = 28;   // where descriptions begin, beside what they describe
constexpr size_t kIndent = 2;

class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(size_t width) : width_(std::min(width, kWidest)) {}

  std::string make_description(const CLI::App* app) const override {
    return text::wrapped_text(app->get_description(), width_);
  }

  std::string make_usage(const CLI::App* app, std::string name) const override {
    std::string usage = CLI::Formatter::make_usage(app, std::move(name));
    usage.erase(usage.find_last_not_of('\n') + 1);
    return text::wrapped_text(usage, width_);
  }

  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    return entry(make_option_name(option, is_positional) + make_option_opts(option),
                 make_option_desc(option));
  }

  // "UINT in [1 - 8]": a check on a range says the type again.
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text = CLI::Formatter::make_option_opts(option);
    const size_t colon = text.find(':');
    if (colon == std::string::npos || !text.starts_with(' ')) return text;
    const std::string type = text.substr(1, colon - 1);
    if (text.compare(colon + 1, type.size() + 1, type + " ") == 0) text.erase(1, colon);
    return text;
  }

  std::string make_subcommand(const CLI::App* command) const override {
    return entry(command->get_display_name(true), command->get_description());
  }

  // Lines that are indented are for copying, and stay as they are; the others are prose, in
  // paragraphs.
  std::string make_footer(const CLI::App* app) const override {
    const std::string footer = app->get_footer();
    std::string text;
    std::string paragraph;
    const auto end_paragraph = [&] {
      if (!paragraph.empty()) text += text::wrapped_text(paragraph, width_);
      paragraph.clear();
    };
    for (size_t at = 0; at < footer.size();) {
      const size_t end = std::min(footer.find('\n', at), footer.size());
      const std::string line = footer.substr(at, end - at);
      at = end + 1;
      const bool prose = !line.empty() && line[0] != ' ' && line.back() != ':';
      if (prose) {
        paragraph += (paragraph.empty() ? "" : " ") + line;
        continue;
      }
      end_paragraph();
      text += line + "\n";
    }
    end_paragraph();
    return text;
  }

 private:
  // A name, and what it means beside it; below it where the name is too long.
  std::string entry(const std::string& name, const std::string& meaning) const {
    const std::string left = std::string(kIndent, ' ') + name;
    const std::string right = text::wrapped_text(meaning, width_, kColumn);
    const size_t used = text::display_width(left);
    if (used + 1 < kColumn && !meaning.empty()) return left + right.substr(used);
    // Continued further in than what is described, so that the eye finds the next one.
    const std::vector<std::string> lines = text::wrap_words(left, width_);
    std::string text = lines.front() + "\n";
    for (size_t i = 1; i < lines.size(); ++i)
      text += std::string(2 * kIndent, ' ') + lines[i] + "\n";
    return meaning.empty() ? text : text + right;
  }

  size_t width_;
};

}  // namespace

void fit_help(CLI::App& program, size_t width) {
  program.formatter(std::make_shared<HelpFormatter>(width));
}

}  // namespace wukong::command_line
