#include "bench/plot/html_text.h"

#include "sim/base/check.h"

namespace wukong::plot {
namespace {

// `tag` with its attributes, if any.
std::string cell_html(const std::string& tag, const std::string& text, std::string style) {
  if (!style.empty()) style = " class=\"" + style + "\"";
  return "<" + tag + style + ">" + escape_html(text) + "</" + tag.substr(0, tag.find(' ')) + ">";
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else
      escaped += c;
  }
  return escaped;
}

HtmlTable::HtmlTable(std::string caption, std::vector<Column> columns)
    : caption_(std::move(caption)), columns_(std::move(columns)) {}

void HtmlTable::add_row(const std::vector<Cell>& cells) {
  ENSURE(cells.size() == columns_.size(), cells.size(), columns_.size());
  rows_ += "<tr>";
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string& column = columns_[i].style;
    const std::string& own = cells[i].style;
    rows_ += cell_html(i == 0 ? "th scope=\"row\"" : "td", cells[i].text,
                       column + (column.empty() || own.empty() ? "" : " ") + own);
  }
  rows_ += "</tr>\n";
}

std::string HtmlTable::to_html() const {
  std::string html = "<div class=\"scroll\" tabindex=\"0\"><table>\n<caption>" +
                     escape_html(caption_) + "</caption>\n<thead><tr>";
  for (const Column& column : columns_)
    html += cell_html("th scope=\"col\"", column.title, column.style);
  return html + "</tr></thead>\n<tbody>\n" + rows_ + "</tbody></table></div>\n";
}

}  // namespace wukong::plot
