// A catalogue just large enough for cases: three centres, one item of each mode, two materials.
#pragma once

#include "shared/catalogue/model.h"

namespace tongban::fakes {

inline const CentreId quyang{"310109010"}, wujiaochang{"310110009"}, dapuqiao{"310101021"}, youyilu{"310113003"};

inline catalogue::Item small_item(std::string id, catalogue::Mode mode, catalogue::DecidedBy decided_by) {
  catalogue::Item item;
  item.id = ItemId(std::move(id));
  item.name = "演示事项";
  item.mode = mode;
  item.mode_evidence = mode == catalogue::Mode::Unpublished ? catalogue::Evidence::None : catalogue::Evidence::Stated;
  item.decided_by = decided_by;
  item.questions = {{"who", "谁来办？", "Who will come?", {{"self", "本人来", "The applicant"}, {"delegate", "委托别人来", "Somebody else"}}}};
  catalogue::Material always{"m1", "身份证", "原件", "", {}, ""};
  catalogue::Material for_delegate{"m2", "委托书", "原件", "", {{{0, {1}}}}, ""};
  catalogue::Material also{"m3", "户口簿", "原件", "", {}, ""};
  item.materials = {always, for_delegate, also};
  return item;
}

inline catalogue::Catalogue small_catalogue() {
  using catalogue::DecidedBy;
  using catalogue::Mode;
  catalogue::Catalogue catalogue;
  catalogue.version = 7;
  catalogue.edition = "演示";
  catalogue.items = {small_item("d1", Mode::Direct, DecidedBy::NotStated), small_item("o1", Mode::OutsideReview, DecidedBy::NotStated),
                     small_item("s1", Mode::AcceptSeparate, DecidedBy::Registration),
                     small_item("u1", Mode::Unpublished, DecidedBy::NotStated)};
  catalogue.items[2].limit_working_days = 10;
  catalogue.districts = {{"310101", "黄浦区", ""}, {"310109", "虹口区", ""}, {"310110", "杨浦区", ""}, {"310113", "宝山区", ""}};
  for (const CentreId& id : {dapuqiao, quyang, wujiaochang, youyilu}) {
    catalogue::Township township;
    township.code = TownshipCode(id.text());
    township.district = id.text().substr(0, 6);
    catalogue.townships.push_back(township);
    catalogue::Centre centre;
    centre.id = id;
    centre.short_name = id == quyang ? "曲阳路街道" : id == wujiaochang ? "五角场街道" : id == dapuqiao ? "打浦桥街道" : "友谊路街道";
    centre.name = centre.short_name + "社区事务受理服务中心";
    centre.township = township.code;
    centre.district = township.district;
    catalogue.centres.push_back(centre);
  }
  catalogue.calendar.last_published = Date{std::chrono::year(2026), std::chrono::month(12), std::chrono::day(31)};
  return catalogue;
}

}  // namespace tongban::fakes
