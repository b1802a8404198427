#include "tests/server/description.h"

#include <regex>
#include <sstream>

namespace tongban::tests {

std::vector<Operation> operations_of(const std::string& description) {
  static const std::regex path_line("^  (/[^:]+):$"), method_line("^    (get|put|post|patch|delete|head):$"), status("\"(\\d{3})\":");
  std::vector<Operation> operations;
  std::istringstream lines(description);
  std::string line, path;
  while (std::getline(lines, line) && line != "components:") {
    std::smatch found;
    if (std::regex_match(line, found, path_line)) {
      path = found[1];
    } else if (std::regex_match(line, found, method_line)) {
      std::string method = found[1];
      for (auto& c : method) c = static_cast<char>(c - 32);
      operations.push_back({method, path, {}});
    } else if (!operations.empty()) {
      for (std::sregex_iterator one(line.begin(), line.end(), status), end; one != end; ++one) operations.back().statuses.insert(std::stoi((*one)[1]));
    }
  }
  return operations;
}

std::string route_of(const Operation& operation) {
  static const std::regex name("\\{[a-z]+\\}");
  return operation.method + ' ' + std::regex_replace(operation.path, name, "{}");
}

}  // namespace tongban::tests
