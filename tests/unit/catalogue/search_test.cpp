#include "shared/catalogue/search.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/unit/catalogue/sample.h"

using namespace tongban;
using namespace tongban::catalogue;

namespace {

const SearchIndex& index() {
  static const SearchIndex one(real().catalogue, real().pinyin);
  return one;
}
std::vector<std::string> ids(std::string_view query, std::size_t limit = 5) {
  std::vector<std::string> list;
  for (const Hit& hit : index().search(query, limit)) list.push_back(real().catalogue.items[hit.index].id.text());
  return list;
}
std::string first(std::string_view query) {
  const auto list = ids(query, 1);
  return list.empty() ? "nothing" : list[0];
}
bool among(std::string_view query, const char* id, std::size_t limit = 5) {
  const auto list = ids(query, limit);
  return std::count(list.begin(), list.end(), id) > 0;
}
std::string centre(std::string_view query) {
  const auto hits = index().search_centres(query, 1);
  return hits.empty() ? "nothing" : real().catalogue.centres[hits[0].index].short_name;
}

}  // namespace

TEST_CASE("what people type finds first what a person at the window would name") {
  struct Row {
    const char *query, *id;
  };
  for (const Row& row : {Row{"敬老卡", "i072"}, {"敬老咔", "i072"}, {"静老卡", "i072"}, {"jlk", "i072"}, {"jinglaoka", "i072"},
                         {"jing lao ka", "i072"}, {"jinglaok", "i072"}, {"敬lao卡", "i072"}, {"居住证丢了", "i059"}, {"退休手续", "i018"},
                         {"办理退休", "i018"}, {"社保卡丢了", "i067"}, {"社保卡补办", "i069"}, {"拉社保", "i023"}, {"低保", "i173"}, {"残疾证", "i144"},
                         {"公积金", "i053"}, {"gongjijin", "i053"}, {"支内回沪", "i109"}, {"znhh", "i109"}, {"换本子", "i081"}, {"失业金", "i011"},
                         {"独生子女证", "i099"}, {"廉租房", "i051"}, {"人户分离", "i073"}, {"老年综合津贴", "i183"}, {"查结婚档案", "i116"},
                         {"i109", "i109"}, {"312090174000", "i066"}, {"长护险", "i087"}, {"changhuxian", "i087"}, {"阳光宝宝卡", "i160"}}) {
    CAPTURE(row.query);
    CHECK(first(row.query) == row.id);
  }
}

TEST_CASE("a lost residence permit finds both reporting and replacing it") {
  CHECK(among("居住证丢了", "i059", 3));
  CHECK(among("居住证丢了", "i061", 3));
  CHECK(among("居住证不见了怎么办", "i059", 3));
  CHECK(among("居住证不见了怎么办", "i061", 3));
}

TEST_CASE("one slip is forgiven: wrong, missing, doubled or swapped, in hanzi and in pinyin") {
  CHECK(among("失业等记", "i001"));
  CHECK(among("居住正新办", "i056"));
  CHECK(first("敬老老卡") == "i072");
  CHECK(among("juzhuzehng", "i056", 8));
  CHECK(first("jinglaoak") == "i072");
  CHECK(first("廉租住房申请") == "i051");
}

TEST_CASE("several words must all be met, in any order") {
  CHECK(first("挂失 居住证") == "i059");
  CHECK(first("shebaoka guashi") == "i067");
  CHECK(among("医保 报销", "i084", 1));
  for (const Hit& hit : index().search("残疾人证 遗失")) CHECK(real().catalogue.items[hit.index].line == "残联");
}

TEST_CASE("a sentence is taken apart: what says nothing is left out, what is said otherwise is understood") {
  CHECK(first("怎么查社保") == "i023");
  CHECK(first("敬老卡怎么办理") == "i072");
  CHECK(first("低保申请需要什么材料") == "i173");
  CHECK(among("失业了能领多少钱", "i011"));
  CHECK(among("生小孩报销", "i091"));
  CHECK(among("孩子出生要办什么", "i105", 8));
  CHECK(first("结婚证丢了") == "i116");
  CHECK(among("换手机号", "i025"));
}

TEST_CASE("yibao finds medical insurance, by its pinyin") {
  const auto hits = index().search("yibao");
  REQUIRE(hits.size() >= 8);
  CHECK(hits[0].why == Why::Pinyin);
  for (const char* id : {"i082", "i085", "i088", "i090"}) CHECK(among("yibao", id, 20));
}

TEST_CASE("papers, conditions and departments are found, behind names") {
  const auto hits = index().search("户口簿", 100);
  REQUIRE(!hits.empty());
  CHECK(hits.back().why >= Why::Material);
  CHECK(index().search("离土农民")[0].why == Why::Notes);
  CHECK(index().search("残联")[0].why == Why::Department);
}

TEST_CASE("the places that answered stand apart in the name, in whole characters") {
  const auto hits = index().search("挂失 居住证");
  REQUIRE(!hits.empty());
  const std::string& name = real().catalogue.items[hits[0].index].name;
  CHECK(name == "居住证挂失");
  CHECK(hits[0].highlights == std::vector<Range>{{0, 15}});
  const auto book = index().search("jycyz");  // 《就业创业证》申领
  REQUIRE(!book.empty());
  CHECK(book[0].highlights == std::vector<Range>{{3, 15}});
}

TEST_CASE("English words find an item, whole or begun, in any order and any case") {
  const auto english = [](std::string_view query) {
    const auto hits = index().search(query, 1, Reading::English);
    return hits.empty() ? std::string("nothing") : real().catalogue.items[hits[0].index].id.text();
  };
  struct Row {
    const char *query, *id;
  };
  for (const Row& row : {Row{"senior card", "i072"}, {"Senior Card", "i072"}, {"card senior", "i072"}, {"seni", "i072"}, {"apply for a residence permit", "i056"},
                         {"renew residence permit", "i057"}, {"residence permit lost", "i059"}, {"dibao", "i173"}, {"how to get a disability certificate", "i144"},
                         {"unemployment benefits", "i011"}, {"provident fund", "i053"}, {"long-term care", "i087"}, {"shared ownership", "i052"},
                         {"marriage", "i116"}, {"red-banner", "i132"}, {"claim medical costs", "i084"}, {"old age allowance", "i183"}}) {
    CAPTURE(row.query);
    CHECK(english(row.query) == row.id);
  }
  CHECK(english("ermit") == "nothing");   // words are begun, not cut
}

TEST_CASE("an English hit says so, and marks the words in the English name") {
  const auto hits = index().search("residence permits lost", 1, Reading::English);
  REQUIRE(!hits.empty());
  CHECK(hits[0].why == Why::English);
  CHECK(hits[0].highlights.empty());
  const std::string_view name = real().catalogue.in_english(real().catalogue.items[hits[0].index].name);
  CHECK(name == "Report a residence permit lost");
  CHECK(hits[0].highlights_english == std::vector<Range>{{9, 9}, {19, 6}, {26, 4}});
}

TEST_CASE("English words of a material find the items that ask for it") {
  const auto hits = index().search("diploma of your", 5, Reading::English);
  REQUIRE(!hits.empty());
  const bool among_papers = std::any_of(hits.begin(), hits.end(), [](const Hit& hit) { return hit.why == Why::Material && hit.matched == "最高学历毕业证或学历认证"; });
  CHECK(among_papers);
}

TEST_CASE("letters that are pinyin and English: each reader gets the own first") {
  const auto line = [](Reading reading) { return real().catalogue.items[index().search("can", 1, reading)[0].index].line; };
  CHECK(line(Reading::Chinese) == "残联");
  CHECK(index().search("cancel", 1, Reading::English)[0].why == Why::English);
  CHECK(first("jlk") == "i072");
}

TEST_CASE("where no item has all English words, those with the most are shown as partly found") {
  const auto hits = index().search("senior card zebra", 3, Reading::English);
  REQUIRE(!hits.empty());
  CHECK(hits[0].why == Why::Partly);
  CHECK(real().catalogue.items[hits[0].index].id.text() == "i072");
}

TEST_CASE("every highlight lies within its name, whatever was typed") {
  for (const char* query : {"jl", "证", "yibao", "社保卡丢了", "jinglaoak", "残疾 证", "《", "𬱖", "a1", "\xe6\x95", "residents' medical", "a the 8"})
    for (const Hit& hit : index().search(query, 200)) {
      const std::string& name = real().catalogue.items[hit.index].name;
      std::size_t end = 0;
      for (const Range& range : hit.highlights) {
        CHECK(range.from >= end);
        end = range.from + range.size;
        CHECK(range.size > 0);
      }
      CHECK(end <= name.size());
    }
}

TEST_CASE("nothing typed finds nothing, and nonsense finds nothing") {
  CHECK(index().search("").empty());
  CHECK(index().search(" 《》 ").empty());
  CHECK(index().search("qqqqqqqq").empty());
  CHECK(index().search("怎么办").size() < 200);
}

TEST_CASE("the same query gives the same answer, best first") {
  const auto once = index().search("保险", 100), again = index().search("保险", 100);
  REQUIRE(once.size() == again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    CHECK(once[i].index == again[i].index);
    if (i) CHECK(once[i - 1].score >= once[i].score);
  }
}

TEST_CASE("centres are found by name, pinyin, initials, district and street") {
  CHECK(centre("曲阳") == "曲阳路街道");
  CHECK(centre("quyang") == "曲阳路街道");
  CHECK(centre("wjc") == "五角场街道");
  CHECK(centre("xinzhuang") == "莘庄镇");
  CHECK(centre("yinhang") == "殷行街道");
  CHECK(centre("北外滩") == centre("提篮桥"));  // renamed; both names lead to the one centre
  CHECK(centre("伊敏河路") == "曲阳路街道");
  CHECK(centre("五角厂") == "五角场街道");
  const auto minhang = index().search_centres("minhang", 100);
  CHECK(minhang.size() >= 13);
  CHECK(std::count_if(minhang.begin(), minhang.end(), [](const Hit& h) { return h.why == Why::District; }) >= 12);
  CHECK(centre("杨浦 五角场") == "五角场街道");
  CHECK(index().search_centres("").empty());
}

TEST_CASE("without a table of readings the search still works by characters") {
  const SearchIndex plain(real().catalogue, Pinyin());
  CHECK(real().catalogue.items[plain.search("敬老卡")[0].index].id.text() == "i072");
  CHECK(plain.search("jlk").empty());
}
