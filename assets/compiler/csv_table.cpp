#include "assets/compiler/csv_table.h"

#include <algorithm>
#include <fstream>

namespace tongban::compiler {
namespace {

/// Nothing when a quote isn't closed.
std::optional<std::vector<std::string>> split(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c != '"') cells.back() += c;
      else if (i + 1 < line.size() && line[i + 1] == '"') cells.back() += line[++i];
      else quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  if (quoted) return std::nullopt;
  return cells;
}

}  // namespace

CsvTable CsvTable::load(const std::string& folder, const std::string& file, const std::vector<std::string>& columns, Faults& faults) {
  CsvTable table;
  table.file_ = file;
  std::ifstream in(folder + "/" + file, std::ios::binary);
  if (!in) faults.add(file, 0, "The file can't be read.");
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    if (line.back() == '\r') faults.add(file, number, "Lines must end in LF alone.");
    const auto cells = split(line);
    if (!cells) {
      faults.add(file, number, "A quoted cell isn't closed.");
      continue;
    }
    if (table.columns_.empty()) {
      table.columns_ = *cells;
      if (table.columns_ != columns) {
        std::string wanted;
        for (const std::string& c : columns) wanted += (wanted.empty() ? "" : ",") + c;
        faults.add(file, number, "The columns must be " + wanted + ".");
        return table;
      }
      continue;
    }
    if (cells->size() != columns.size()) {
      faults.add(file, number, "The row has " + std::to_string(cells->size()) + " cells, not " + std::to_string(columns.size()) + ".");
      continue;
    }
    for (std::size_t i = 0; i < cells->size(); ++i) check_text((*cells)[i], "“" + columns[i] + "”", {file, number}, faults);
    table.rows_.push_back({number, *cells});
  }
  return table;
}

const std::string& CsvTable::cell(std::size_t row, std::string_view column) const {
  const auto at = std::find(columns_.begin(), columns_.end(), column);
  return rows_[row].cells[static_cast<std::size_t>(at - columns_.begin())];
}

}  // namespace tongban::compiler
