// A table of the source as comma-separated values (RFC 4180 without line breaks inside a cell), with named columns.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assets/compiler/faults.h"

namespace tongban::compiler {

class CsvTable {
 public:
  /// Reports a missing file, an unknown, missing or doubled column, a row of another length, and ill text.
  static CsvTable load(const std::string& folder, const std::string& file, const std::vector<std::string>& columns, Faults& faults);

  std::size_t size() const { return rows_.size(); }
  const std::string& cell(std::size_t row, std::string_view column) const;
  Place place(std::size_t row) const { return {file_, rows_[row].line}; }

 private:
  struct Row {
    int line = 0;
    std::vector<std::string> cells;
  };
  std::string file_;
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
};

}  // namespace tongban::compiler
