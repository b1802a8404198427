#include "tests/server/description.h"

#include <yaml-cpp/yaml.h>

#include <regex>

namespace tongban::tests {
namespace {

constexpr const char* methods[] = {"get", "put", "post", "patch", "delete", "head"};

std::string upper(std::string name) {
  for (auto& c : name) c = static_cast<char>(c - 32);
  return name;
}

}  // namespace

std::vector<Operation> operations_of(const std::string& description) {
  std::vector<Operation> operations;
  for (const auto& path : YAML::Load(description)["paths"]) {
    for (const char* method : methods) {
      const auto described = path.second[method];
      if (!described) continue;
      auto& operation = operations.emplace_back(Operation{upper(method), path.first.as<std::string>(), {}});
      for (const auto& response : described["responses"]) operation.statuses.insert(response.first.as<int>());
    }
  }
  return operations;
}

std::string route_of(const Operation& operation) {
  static const std::regex name("\\{[a-z]+\\}");
  return operation.method + ' ' + std::regex_replace(operation.path, name, "{}");
}

}  // namespace tongban::tests
