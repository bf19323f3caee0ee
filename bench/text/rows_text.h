// Rows of texts as a document: CSV, or a table of Markdown. The first row has the columns' names.
#pragma once

#include <string>
#include <vector>

namespace wukong::text {

std::string csv_text(const std::vector<std::vector<std::string>>& rows);
// With a comma in numbers, and semicolons between fields, as spreadsheets of many countries want.
std::string csv_text_with_decimal_commas(std::vector<std::vector<std::string>> rows);
// Columns of numbers are to the right. REQUIRES: rows of equal lengths.
std::string markdown_text(const std::vector<std::vector<std::string>>& rows);

}  // namespace wukong::text
