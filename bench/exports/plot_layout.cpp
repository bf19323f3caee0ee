#include "bench/exports/plot_layout.h"

#include <algorithm>
#include <cmath>

namespace wukong::exports {
namespace {

constexpr double kTitleHeight = 48;
constexpr double kPanelTitleHeight = 30;
constexpr double kLeftMargin = 92;  // labels of y and their axis' name
constexpr double kRightMargin = 28;
constexpr double kBottomMargin = 74;  // labels of x and their axis' name
constexpr double kLegendRow = 24;
constexpr double kLegendSample = 34;
constexpr double kLegendGap = 30;
constexpr double kLegendMargin = 14;
constexpr size_t kLongestLegend = 120;  // characters; a longer one loses its middle
constexpr size_t kMostLabels = 16;      // along x

std::string shortened(const std::string& text) {
  if (text_width(text) <= kLongestLegend) return text;
  std::string head, tail;
  size_t at = 0, character = 0;
  const size_t all = text_width(text), half = kLongestLegend / 2 - 1;
  for (; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80) ++character;
    if (character <= half) head += text[at];
    if (character > all - half) tail += text[at];
  }
  return head + "\u2026" + tail;
}

struct PanelSize {
  double width;
  double height;
  size_t columns;
};

PanelSize panel_size(size_t panels) {
  if (panels == 1) return {660, 380, 1};
  return {panels <= 4 ? 430.0 : 340.0, 250, panels <= 4 ? size_t{2} : size_t{3}};
}

size_t longest(const std::vector<std::string>& texts) {
  size_t most = 0;
  for (const std::string& text : texts) most = std::max(most, text_width(text));
  return most;
}

}  // namespace

size_t text_width(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; }));
}

PlotLayout plot_layout(const PlotData& data, const std::vector<std::string>& x_labels) {
  PlotLayout layout;
  const PanelSize size = panel_size(data.panels.size());
  layout.label_step = (x_labels.size() + kMostLabels - 1) / kMostLabels;
  const double label_width = static_cast<double>(longest(x_labels)) * kCharacterWidth;
  const double step = size.width / static_cast<double>(std::max<size_t>(x_labels.size(), 1)) *
                      static_cast<double>(std::max<size_t>(layout.label_step, 1));
  layout.slanted = step < label_width + 8;
  const double below = kBottomMargin + (layout.slanted ? std::min(0.6 * label_width, 160.0) : 0.0);
  const double outer_width = kLeftMargin + size.width + kRightMargin;
  const double outer_height = kPanelTitleHeight + size.height + below;
  const size_t rows = (data.panels.size() + size.columns - 1) / size.columns;

  for (const std::string& line : data.lines) layout.legend_texts.push_back(shortened(line));
  const double entry = kLegendSample + kLegendGap +
                       static_cast<double>(longest(layout.legend_texts)) * kCharacterWidth;
  layout.width =
      std::max(outer_width * static_cast<double>(size.columns), entry + 2 * kLegendMargin);
  for (size_t i = 0; i < data.panels.size(); ++i) {
    const double left = outer_width * static_cast<double>(i % size.columns) + kLeftMargin;
    const double top =
        kTitleHeight + outer_height * static_cast<double>(i / size.columns) + kPanelTitleHeight;
    layout.panels.push_back({left, top, left + size.width, top + size.height});
  }
  // Short texts in columns below each other, in the order of the lines.
  const auto columns =
      std::max<size_t>(1, static_cast<size_t>((layout.width - 2 * kLegendMargin) / entry));
  const size_t legend_rows = (data.lines.size() + columns - 1) / columns;
  const double legend_top = kTitleHeight + outer_height * static_cast<double>(rows) + kLegendMargin;
  for (size_t i = 0; i < data.lines.size(); ++i) {
    const double left = kLegendMargin + entry * static_cast<double>(i / legend_rows);
    const double top = legend_top + kLegendRow * static_cast<double>(i % legend_rows);
    layout.legend.push_back({left, top, left + kLegendSample, top + kLegendRow});
  }
  layout.height = legend_top + kLegendRow * static_cast<double>(legend_rows) + kLegendMargin;
  return layout;
}

}  // namespace wukong::exports
