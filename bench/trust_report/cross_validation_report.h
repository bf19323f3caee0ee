// `wukong calibrate --cross-validate`: what it found as a table, as a document that can be read
// again, as Markdown for docs/fidelity.md, and as a section of the reproduction's page.
#pragma once

#include <string>
#include <string_view>

#include "bench/trust/cross_validation.h"

namespace wukong::trust_report {

// The block of docs/fidelity.md that has the table.
inline constexpr std::string_view kCrossValidationBlock = "wukong calibrate --cross-validate";

std::string cross_validation_text(const trust::CrossValidation& result);
std::string cross_validation_markdown(const trust::CrossValidation& result);
std::string cross_validation_html(const trust::CrossValidation& result);

// Schema wukong.cross-validation/1.
std::string cross_validation_document(const trust::CrossValidation& result);
// Throws Error, placed in `file`, if the text is no such document.
trust::CrossValidation read_cross_validation(const std::string& text, const std::string& file);

}  // namespace wukong::trust_report
