#include "client/ui/text_layout.h"

#include <doctest/doctest.h>

#include "tests/unit/ui/described.h"

using namespace tongban::ui;

namespace {

std::vector<std::string> lines_of(std::string_view words, float width, const Text& look = {}) {
  Described d([&](Ui& ui) { ui.text(words, look); });
  Node& node = d.tree.nodes.back();
  break_text(d.tree, node, width, d.faces);
  std::vector<std::string> out;
  for (auto i = node.line_from; i < node.line_to; ++i) {
    const LineRef& line = d.tree.lines[i];
    out.push_back(std::string(d.tree.text(node.words).substr(line.from, line.to - line.from)) + (line.ellipsis ? "…" : ""));
  }
  return out;
}

constexpr float em = 18;
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("Han may be broken between any two characters") {
  CHECK(lines_of("社区事务受理服务中心", 4 * em) == Lines{"社区事务", "受理服务", "中心"});
}

TEST_CASE("no line starts with closing punctuation") {
  CHECK(lines_of("原件看完，当场还您", 4 * em) == Lines{"原件看", "完，当场", "还您"});
  CHECK(lines_of("您不用去。", 4 * em) == Lines{"您不用", "去。"});
}

TEST_CASE("no line ends with an opening bracket") {
  CHECK(lines_of("最晚答复（周四）前", 5 * em) == Lines{"最晚答复", "（周四）前"});
}

TEST_CASE("Latin words and numbers stay whole") {
  CHECK(lines_of("办件号 TB261124 已收", 6 * em) == Lines{"办件号", "TB261124", "已收"});
}

TEST_CASE("a word that is wider than the line is broken rather than lost") {
  const Lines lines = lines_of("ABCDEFGHIJKLMNOPQRST", 5 * em);
  CHECK(lines.size() > 1);
  std::string all;
  for (const std::string& line : lines) all += line;
  CHECK(all == "ABCDEFGHIJKLMNOPQRST");
}

TEST_CASE("centred words and headings leave nobody alone on the last line") {
  CHECK(lines_of("本市支援外地建设退休回沪定居人员帮困补助", 9 * em, {.center = true}) == Lines{"本市支援外地建", "设退休回沪定居", "人员帮困补助"});
  CHECK(lines_of("本市支援外地建设退休回沪定居人员帮困补助", 9 * em) == Lines{"本市支援外地建设退", "休回沪定居人员帮困", "补助"});
}

TEST_CASE("two balanced lines part at the comma when both fit") {
  CHECK(lines_of("核对材料，当场给收件凭证", 9 * em, {.center = true}) == Lines{"核对材料，", "当场给收件凭证"});
  CHECK(lines_of("去任一家中心，只跑这一趟", 10 * em, {.center = true}) == Lines{"去任一家中心，", "只跑这一趟"});
}

TEST_CASE("a heading is parted where a clause or a bracket ends, not within it") {
  const Text heading{.center = true};
  CHECK(lines_of("失业登记（本市户籍）/（非本市户籍）", 12 * em, heading) == Lines{"失业登记（本市户籍）/", "（非本市户籍）"});
  CHECK(lines_of("失业登记（本市户籍）/（非本市户籍）", 8 * em, heading) == Lines{"失业登记", "（本市户籍）/", "（非本市户籍）"});
  CHECK(lines_of("要您补 1 份材料", 5 * em, heading) == Lines{"要您补", "1 份材料"});
  CHECK(lines_of("Received at any centre", 7 * em, heading) == Lines{"Received at", "any centre"});
}

TEST_CASE("a text's last line is never one character") {
  CHECK(lines_of("答完，只留下您要带的材料", 11 * em) == Lines{"答完，只留下您要带的", "材料"});
  CHECK(lines_of("一趟就够，原件看完当场还您。", 12 * em) == Lines{"一趟就够，原件看完当场", "还您。"});
}

TEST_CASE("no line starts with a stroke between two words") {
  CHECK(lines_of("当场看原件/复印件", 5 * em) == Lines{"当场看原", "件/复印件"});
}

TEST_CASE("a line feed starts a new line, also an empty one") {
  CHECK(lines_of("一\n\n二", 10 * em) == Lines{"一", "", "二"});
}

TEST_CASE("text that may have one line ends in an ellipsis when there is more") {
  CHECK(lines_of("医疗救助申请的办事指南", 6 * em, {.lines = 1}) == Lines{"医疗救助申…"});
  CHECK(lines_of("医疗救助", 6 * em, {.lines = 1}) == Lines{"医疗救助"});
}

TEST_CASE("malformed octets take room but stop nothing") {
  CHECK(lines_of("好\xff\xe4坏", 20 * em).size() == 1);
}
