// The few flat JSON objects that no codec of shared/wire covers (the list of keys): text members by name.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tongban::app {

class PlainTexts {
 public:
  explicit PlainTexts(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}
  /// Empty when the object has no such text.
  const std::string& at(const std::string& name) const {
    static const std::string nothing;
    const auto found = texts_.find(name);
    return found == texts_.end() ? nothing : found->second;
  }

 private:
  std::map<std::string, std::string> texts_;
};

/// Members that are not texts are left out; what is no object reads as an empty one.
PlainTexts read_texts(std::string_view json);

}  // namespace tongban::app
