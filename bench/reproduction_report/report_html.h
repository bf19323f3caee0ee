// A reproduction as one page: the summary, the headline claims, and every figure with its plot and
// all of its points. Self-contained, without scripts, for light and dark and for narrow and wide
// screens.
#pragma once

#include <string>
#include <vector>

#include "bench/reproduction/accuracy.h"
#include "bench/reproduction/headline.h"
#include "bench/reproduction/interval.h"
#include "bench/reproduction/reproduction.h"

namespace wukong::reproduction_report {

struct ReportContents {
  const std::vector<reproduction::FigureResult>& figures;
  const std::vector<std::string>& plots;  // SVG by figure; empty: it was not drawn
  const std::vector<reproduction::Headline>& headlines;
  const reproduction::Accuracy& accuracy;
  size_t replicates;
  const reproduction::Intervals* intervals = nullptr;  // null: none were measured
  std::string more;  // sections in HTML that stand behind the headlines
};

std::string report_html(const ReportContents& contents);

}  // namespace wukong::reproduction_report
