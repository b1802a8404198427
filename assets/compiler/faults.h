// What the compiler found wrong in the source, all of it: file, line and a sentence for whoever mends it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tongban::compiler {

struct Fault {
  std::string file;  ///< relative to the source folder
  int line = 0;      ///< from 1; 0: the file as a whole
  std::string sentence;
};

class Faults {
 public:
  void add(std::string file, int line, std::string sentence) { list_.push_back({std::move(file), line, std::move(sentence)}); }
  bool empty() const { return list_.empty(); }
  const std::vector<Fault>& list() const { return list_; }
  /// "items/i072.yaml:14: sentence", sorted by file and line.
  std::string text() const;

 private:
  std::vector<Fault> list_;
};

/// Where a value stands, for the fault that names it.
struct Place {
  std::string file;
  int line = 0;
};

/// Ill-formed UTF-8, control and invisible characters, look-alikes of "·", compatibility and private-use
/// characters, spaces at the ends. `what` names the value in the sentence.
void check_text(std::string_view text, std::string_view what, const Place& place, Faults& faults);

/// Codes are plain ASCII letters and digits: no full-width ones, no spaces.
void check_code(std::string_view code, std::string_view what, const Place& place, Faults& faults);

}  // namespace tongban::compiler
