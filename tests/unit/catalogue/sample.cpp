#include "tests/unit/catalogue/sample.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "shared/catalogue/codec.h"
#include "shared/catalogue/opening.h"

namespace tongban::catalogue {
namespace {

Bytes read_built(const char* name) {
  // Given at compile time: a wasm program in node doesn't see the environment.
  const std::string path = std::string(TONGBAN_BUILT_CATALOGUE) + "/" + name;
  std::ifstream in(path, std::ios::binary);
  if (!in) std::fprintf(stderr, "%s is missing: build the target `catalogue`.\n", path.c_str()), std::abort();
  return Bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

Item card() {
  Item item;
  item.id = ItemId("i001");
  item.name = "敬老卡申领";
  item.codes = {"312090000001"};
  item.line = item.department_2018 = "公安";
  item.department = "市公安局";
  item.mode = Mode::Direct;
  item.mode_evidence = Evidence::Stated;
  item.citywide_stated = true;
  item.citywide_from = day("2018-03-01");
  item.audience = Audience::RegisteredOnly;
  item.conditions = "年满65周岁";
  item.questions = {{"who", "谁来办？", "Who will come?", {{"self", "本人", "The applicant"}, {"delegate", "委托别人", "Somebody else"}}},
                    {"card", "有社保卡吗？", "A card?", {{"has", "有", "Yes"}, {"none", "没有", "No"}}}};
  item.materials = {{"m1", "身份证", "原件", "1", {}, {}},
                    {"m2", "代办人身份证", "原件", "", {{{0, {1}}}}, {}},
                    {"m3", "户口簿", "原件", "", {{{1, {1}}, {0, {0}}}, {{0, {1}}}}, "按情形"}};
  item.fee = "免费";
  item.limit = "20个工作日";
  item.limit_working_days = 20;
  item.aliases = {"老人卡"};
  item.life_events = {0};
  item.sources = {"G1"};
  item.edition = "2026";
  return item;
}

Item archive() {
  Item item;
  item.id = ItemId("i002");
  item.name = "婚姻登记档案查询𬱖";
  item.line = "档案";
  item.department = "市档案局";
  item.delegation = Delegation::NotAccepted;
  item.mode = Mode::AcceptSeparate;
  item.mode_evidence = Evidence::Described;
  item.decided_by = DecidedBy::Registration;
  item.effective_from = day("2020-01-01");
  item.effective_until = day("2026-12-31");
  item.taken_on = MonthWindow{5, 26};
  item.materials = {{"m1", "身份证", "原件", "", {}, "本人到场，不接受委托"}};
  item.life_events = {0};
  item.sources = {"G1", "C1"};
  item.edition = "2026";
  return item;
}

}  // namespace

Date day(const char* text) {
  const auto date = parse_date(text);
  if (!date) std::abort();
  return *date;
}

crypto::SigningKey sample_key() {
  crypto::Seed seed{};
  seed.fill(7);
  return crypto::SigningKey(seed);
}

Catalogue small_catalogue() {
  Catalogue c;
  c.version = 3;
  c.edition = "2026-11";
  c.hotline = "12345";
  c.items = {card(), archive()};
  c.english = {{"敬老卡申领", "Apply for a senior card"}, {"身份证", "Identity card"}, {"20个工作日", "20 working days"}};
  c.life_events = {{"elder", "养老敬老", "Old age", "敬老卡", "elder"}};
  c.sayings = {{"丢了", {"挂失", "补卡"}}, {"怎么办", {}}};
  c.districts = {{"310109", "虹口区", "Hongkou District"}, {"310112", "闵行区", "Minhang District"}};
  c.townships = {{TownshipCode("310109010"), "曲阳路街道", "310109", {}, true, true, {}, {}},
                 {TownshipCode("310109018"), "北外滩街道", "310109", "提篮桥街道", true, true, {}, {}},
                 {TownshipCode("310112101"), "莘庄镇", "310112", {}, true, false, 31.10757, 121.05696}};
  Centre quyang;
  quyang.id = CentreId("310109010");
  quyang.name = "曲阳路街道社区事务受理服务中心";
  quyang.short_name = "曲阳路街道";
  quyang.district = "310109";
  quyang.township = TownshipCode("310109010");
  quyang.address = "伊敏河路88号";
  quyang.hours = citywide_hours();
  quyang.status = CentreStatus::AuthenticOlder;
  quyang.source = "S11";
  Centre sub = quyang;
  sub.id = CentreId("310109010-1");
  sub.name = "曲阳路街道社区事务受理服务中心（分中心）";
  sub.short_name = "曲阳路街道分中心";
  sub.sub_centre = true;
  sub.hours = {{{510, 690}, {780, 990}}, {{510, 690}}, {}, "周一至周五 8:30–11:30、13:00–16:30；周六日 8:30–11:30；节假日休", false};
  Centre xinzhuang = quyang;
  xinzhuang.id = CentreId("310112101");
  xinzhuang.name = "莘庄镇社区事务受理服务中心";
  xinzhuang.short_name = "莘庄镇";
  xinzhuang.district = "310112";
  xinzhuang.township = TownshipCode("310112101");
  xinzhuang.address.clear();
  c.centres = {quyang, sub, xinzhuang};
  for (const char* off : {"2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07"})
    c.calendar.exceptions[day(off)] = DayKind::Holiday;
  c.calendar.exceptions[day("2026-10-10")] = DayKind::MakeUpWorkday;
  c.calendar.last_published = day("2026-12-31");
  return c;
}

const Real& real() {
  static const Real one = [] {
    Real r;
    r.canonical = read_built("catalogue.bin");
    auto catalogue = decode(r.canonical);
    auto pinyin = Pinyin::open(read_built("pinyin.bin"));
    if (!catalogue || !pinyin) std::abort();
    r.catalogue = std::move(*catalogue);
    r.pinyin = std::move(*pinyin);
    return r;
  }();
  return one;
}

}  // namespace tongban::catalogue
