#include "assets/compiler/compile.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "shared/catalogue/codec.h"
#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::compiler;
namespace fs = std::filesystem;

namespace {

/// A copy of the real source, to be broken; gone afterwards.
class Source {
 public:
  Source() {
    const char* root = std::getenv("TONGBAN_SOURCE_DIR");
    folder_ = fs::temp_directory_path() / ("tongban-source-" + std::to_string(++count_) + "-" + std::to_string(std::rand()));
    fs::copy(fs::path(root ? root : ".") / "assets/catalogue", folder_, fs::copy_options::recursive);
  }
  ~Source() { fs::remove_all(folder_); }
  /// Replaces the first `from` of a file; the test ends when it isn't there.
  void change(const char* file, const std::string& from, const std::string& to) {
    std::ifstream in(folder_ / file, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }
  void remove(const char* file) { fs::remove(folder_ / file); }
  std::string faults() const {
    Faults faults;
    compile(folder_.string(), faults);
    return faults.text();
  }
  std::optional<Compiled> compiled() const {
    Faults faults;
    return compile(folder_.string(), faults);
  }

 private:
  fs::path folder_;
  static inline int count_ = 0;
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the source in the tree compiles without a fault, twice to the same bytes") {
  const Source source;
  CHECK(source.faults() == "");
  const auto once = source.compiled(), again = source.compiled();
  REQUIRE(once);
  CHECK(catalogue::encode(once->catalogue) == catalogue::encode(again->catalogue));
  CHECK(once->pinyin == again->pinyin);
  CHECK(once->characters == again->characters);
  CHECK(catalogue::encode(once->catalogue) == catalogue::real().canonical);
}

TEST_CASE("a fault is told with file, line and a sentence") {
  Source source;
  source.change("items/i072.yaml", "服务对象: 限本市户籍", "服务对象: 限本区户籍");
  CHECK(holds(source.faults(), "items/i072.yaml:"));
  CHECK(holds(source.faults(), "“服务对象” must be one of 未说明, 限本市户籍, 非本市户籍也可; “限本区户籍” is not known."));
}

TEST_CASE("all faults are told, not only the first") {
  Source source;
  source.change("items/i001.yaml", "是否收费", "收费");
  source.change("items/i002.yaml", "来源: [G1]", "来源: [G9]");
  source.change("centres.csv", "310109010,曲阳路", "310109999,曲阳路");
  source.change("calendar.csv", "2026-10-01", "2026-13-01");
  const std::string faults = source.faults();
  CHECK(holds(faults, "The key “收费” is not known here."));
  CHECK(holds(faults, "sources.yaml has no “G9”."));
  CHECK(holds(faults, "centres.csv:"));
  CHECK(holds(faults, "“日期” must be a day"));
}

TEST_CASE("what looks right and is never found is refused: full-width digits, other dots, invisible characters") {
  Source source;
  source.change("items/i008.yaml", "312090054000", "３12090054000");
  source.change("items/i009.yaml", "已认定就业困难人员", "买买提・就业困难人员");
  source.change("items/i010.yaml", "家庭生活困难", "家庭\xe2\x80\x8b生活困难");
  source.change("items/i011.yaml", "缴失业保险", "\xff失业保险");
  const std::string faults = source.faults();
  CHECK(holds(faults, "a full-width digit (U+FF13)"));
  CHECK(holds(faults, "“基本编码” must be ASCII letters and digits"));
  CHECK(holds(faults, "items/i009.yaml:"));
  CHECK(holds(faults, "where the middle dot · (U+00B7) belongs"));
  CHECK(holds(faults, "an invisible character (U+200B)"));
  CHECK(holds(faults, "items/i011.yaml:"));
}

TEST_CASE("conditions refer to questions and answers that are asked, and matter") {
  Source source;
  source.change("items/i013.yaml", "{who: delegate}", "{who: neighbour}");
  source.change("items/i109.yaml", "{whose: spouse}", "{wife: 'yes'}");
  source.change("items/i020.yaml", "何时需要: {claim: [family, other]}", "说明: 按情形");
  source.change("items/i018.yaml", "    何时需要: {bonus: 'yes'}\n", "");
  const std::string faults = source.faults();
  CHECK(holds(faults, "“who” has no answer “neighbour”."));
  CHECK(holds(faults, "The item asks no question “wife”."));
  CHECK(holds(faults, "The question “为谁申请？” changes nothing."));
  CHECK(holds(faults, "“符合计生奖励” is neither a condition (何时需要) nor a note (说明)."));
}

TEST_CASE("doubled keys, doubled ids and days, and wrong dates are refused") {
  Source source;
  source.change("items/i056.yaml", "通办起始: '2018-07-01'", "通办起始: '2018-07-32'");
  source.change("items/i057.yaml", "条线: 公安", "条线: 公安\n条线: 公安");
  source.change("items/i058.yaml", "材料编号: m2", "材料编号: m1");
  source.change("calendar.csv", "2017-01-02,元旦,休", "2017-01-01,元旦,休");
  source.change("life_events.yaml", "i072, ", "i972, ");
  const std::string faults = source.faults();
  CHECK(holds(faults, "“通办起始” must be a day written 2018-03-01, not “2018-07-32”."));
  CHECK(holds(faults, "“条线” stands here twice."));
  CHECK(holds(faults, "The material number “m1” is taken."));
  CHECK(holds(faults, "The day stands here twice."));
  CHECK(holds(faults, "There is no item “i972”."));
  CHECK(holds(faults, "The item “i072” is in no group"));
}

TEST_CASE("a name without English is told where it stands first") {
  Source source;
  source.change("items/i072.yaml", "事项名称: 敬老卡申领、发放", "事项名称: 敬老卡申领");
  source.change("items/i072.yaml", "材料名称: 敬老卡申请登记表", "材料名称: 敬老卡申请表");
  const std::string faults = source.faults();
  CHECK(holds(faults, "items/i072.yaml:2: “敬老卡申领” has no English in english/."));
  CHECK(holds(faults, "items/i072.yaml:16: “敬老卡申请表” has no English in english/."));
}

TEST_CASE("English that no item asks for, given twice, empty or ill-formed is told") {
  Source source;
  source.change("english/terms.yaml", "\n免费: Free", "\n不免费: Not free\n免费: 'Free '");
  source.change("english/materials.yaml", "\n身份证:", "\n户口簿: Again\n身份证:");
  source.change("english/notes.yaml", ": Hotline 962218", ": ''");
  const std::string faults = source.faults();
  CHECK(holds(faults, "english/terms.yaml:"));
  CHECK(holds(faults, "No item says “不免费”: its English is not used."));
  CHECK(holds(faults, "“户口簿” has its English already."));
  CHECK(holds(faults, "english/notes.yaml:"));
  CHECK(holds(faults, "A Chinese text and its English are expected here."));
}

TEST_CASE("what a screen may show in English counts among the characters") {
  const Source source;
  CHECK(holds(source.compiled()->characters, "’"));
}

TEST_CASE("a make-up workday on a weekday is refused") {
  Source source;
  source.change("calendar.csv", "2026-10-10,国庆节,班", "2026-10-09,国庆节,班");
  CHECK(holds(source.faults(), "A make-up workday (班) falls on a Saturday or Sunday."));
}

TEST_CASE("a township whose reading the table doesn't give is told, so that it can be found") {
  Source source;
  source.change("pinyin/words.csv", "莘庄,xin zhuang", "莘庄,shen zhuang");
  CHECK(holds(source.faults(), "“莘庄镇” is read “xin zhuang zhen” here"));
}

TEST_CASE("broken YAML, a missing table and a file under another name are told") {
  Source source;
  source.change("items/i003.yaml", "事项编号: i003", "事项编号: [i003");
  source.change("items/i004.yaml", "事项编号: i004", "事项编号: i404");
  source.remove("districts.csv");
  const std::string faults = source.faults();
  CHECK(holds(faults, "items/i003.yaml:"));
  CHECK(holds(faults, "This is not YAML"));
  CHECK(holds(faults, "The file must be named after its “事项编号”."));
  CHECK(holds(faults, "districts.csv:0: The file can't be read."));
}
