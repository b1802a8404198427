#include <doctest/doctest.h>

#include <set>
#include <string>

#include "assets/words/words.h"

namespace tongban {
namespace {

std::multiset<std::string> gaps(std::string_view text) {
  std::multiset<std::string> found;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) found.emplace(text.substr(open, text.find('}', open) - open));
  return found;
}

}  // namespace

TEST_CASE("every word exists in both languages and leaves the same gaps") {
  for (int at = 0; at < word_count; ++at) {
    const auto word = static_cast<Word>(at);
    CAPTURE(std::string(Words(true)(word)));
    CHECK(!Words(false)(word).empty());
    CHECK(!Words(true)(word).empty());
    CHECK(gaps(Words(false)(word)) == gaps(Words(true)(word)));
  }
}

TEST_CASE("words obey the house: no middle dot, no official scolding, no promise that nothing keeps") {
  for (int at = 0; at < word_count; ++at) {
    const std::string zh(Words(false)(static_cast<Word>(at)));
    CAPTURE(zh);
    for (const char* never : {"·", "补正", "提交失败", "校验", "短信", "步行", "预约", "读卡", "你"}) CHECK(zh.find(never) == std::string::npos);
  }
}

TEST_CASE("a gap is filled where it stands and an unnamed one stays to be seen") {
  const Words say(false);
  CHECK(say(Word::GuideMaterials, "n", 6) == "要带这 6 份");
  CHECK(say(Word::DraftMaterials, {{"done", "4"}}) == "材料 4 / {total} 份");
}

}  // namespace tongban
