// What the free parameters move: tornado plots of the headlines and the list of points that jump,
// as a section of the reproduction's page, as Markdown, in words and as a document.
#pragma once

#include <string>
#include <string_view>

#include "bench/trust/sensitivity.h"

namespace wukong::trust_report {

// The block of docs/fidelity.md that has the tables.
inline constexpr std::string_view kSensitivityBlock = "wukong reproduce --sensitivity";

// How often a small change of a parameter moves a point much.
std::string jumps_sentence(const trust::Sensitivity& sensitivity);

std::string sensitivity_html(const trust::Sensitivity& sensitivity);
std::string sensitivity_markdown(const trust::Sensitivity& sensitivity);
std::string sensitivity_text(const trust::Sensitivity& sensitivity);
// Schema wukong.sensitivity/1.
std::string sensitivity_document(const trust::Sensitivity& sensitivity);

}  // namespace wukong::trust_report
