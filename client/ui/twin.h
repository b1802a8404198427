// The DOM twin: which real elements the tree wants, and what changed since the last frame.
//
// Every node with a tag is one element. The diff is a JSON array of small arrays, applied in order by
// client/shell/twin.js:
//   ["+", id, parent, after, tag, {attributes}, text, style, rect]   after 0 = first child
//   ["-", id]            with all below it       ["p", id, parent, after]   moved
//   ["a", id, {name: value or null}]             ["t", id, text]
//   ["s", id, [font, line height, flags]]        ["r", id, x, y, w, h]
// Parents 1…6 are the layers, in the order of Region. Rectangles are relative to the parent element. In texts
// U+0001 marks where our lines end, so that the elements' own text breaks there and stays one string.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "client/ui/tree.h"

namespace tongban::ui {

namespace twin_style {
inline constexpr int Bold = 1, Center = 2, End = 4, Tabular = 8, Clipped = 16;
}

/// What the diff has to look at: all of a record; of a part's root that was taken over, only its place; of what is below
/// that, nothing.
enum class Carried : std::uint8_t { No, Root, Inside };

struct TwinRecord {
  Id id = 0, parent = 0, after = 0;
  const char* tag = nullptr;
  std::vector<std::pair<const char*, std::string>> attributes;
  std::string text;
  float font = 0, line = 0;
  int style = 0;
  float x = 0, y = 0, w = 0, h = 0;
  int node = -1;
  Carried carried = Carried::No;
};

/// The records of one part, as indices.
struct PartSpan {
  std::size_t from = 0, to = 0;
};

class Twin {
 public:
  /// Compares with the last tree given and returns the operations, "[]" when nothing changed. Parts that the tree has
  /// taken over must be of that tree.
  std::string update(const Tree& tree);

  /// The resident changed the element itself (typed, ticked): that much needs no operation any more.
  void element_changed(Id id, std::string_view attribute, std::string_view value);
  /// Forgets everything, so that the next update builds anew.
  void reset() {
    records_.clear();
    spans_.clear();
  }

  const std::vector<TwinRecord>& records() const { return records_; }
  /// Siblings that were given the same key: a bug of the view.
  const std::vector<Id>& duplicates() const { return duplicates_; }

 private:
  std::vector<TwinRecord> records_;
  std::vector<PartSpan> spans_;
  std::vector<Id> duplicates_;
};

/// Twin::element_changed on any list of records.
void element_changed(std::vector<TwinRecord>& records, Id id, std::string_view attribute, std::string_view value);

/// The elements that the tree wants, in document order. Shared with the audit and the tests.
std::vector<TwinRecord> twin_records(const Tree& tree, std::vector<Id>* duplicates = nullptr);

}  // namespace tongban::ui
