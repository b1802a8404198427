// What somebody has carried to the window: its codes as they are scanned, opened by the node, and made a sheet to file.
#include <algorithm>

#include "client/app/outbox.h"
#include "client/app/staff_desk.h"
#include "shared/wire/json/carried.h"

namespace tongban::app {
namespace {

constexpr const char* open_url = "/api/v1/staff/carried";

/// The district of the form, which a sealed application only has by its township; none: outside the city.
std::string district_of(const TownshipCode& code, const catalogue::Catalogue* catalogue) {
  if (code.empty()) return outside_district;
  const auto* township = catalogue ? catalogue->find(code) : nullptr;
  return township ? township->district : std::string();
}

}  // namespace

void StaffDeskKeeper::apply(const intent::ScanTyped& intent) {
  if (model_.staff.carried) model_.staff.carried->typed = intent.text;
}

void StaffDeskKeeper::apply(const intent::Scanned&) {
  if (!model_.staff.carried) return;
  scan({std::exchange(model_.staff.carried->typed, {})});
}

void StaffDeskKeeper::apply(const intent::ScanPicture& intent) {
  if (!model_.staff.carried) return;
  model_.staff.carried->looking = true;
  outlet_.emit(effect::ReadCodes{intent.type, intent.bytes});
}

void StaffDeskKeeper::apply(const intent::ScanAnew&) {
  if (model_.staff.carried) model_.staff.carried.emplace();
}

void StaffDeskKeeper::take(const event::CodesRead& read) {
  if (!model_.staff.carried) return;
  model_.staff.carried->looking = false;
  if (!read.able) return cannot_open(Words(false)(Word::StaffCarriedUnable), Words(true)(Word::StaffCarriedUnable));
  if (read.texts.empty()) return cannot_open(Words(false)(Word::StaffCarriedNone), Words(true)(Word::StaffCarriedNone));
  scan(read.texts);
}

void StaffDeskKeeper::scan(const std::vector<std::string>& texts) {
  Carrying& carried = *model_.staff.carried;
  if (carried.working) return;
  // What was opened, or could not be, is done with: another code begins another application.
  if (carried.codes.complete()) carried = {};
  for (const std::string& text : texts) {
    if (text.empty() || carried.codes.complete()) continue;
    if (const auto added = carried.codes.add(text); !added) return cannot_open(added.error().zh(), added.error().en());
  }
  carried.fault_zh.clear();
  carried.fault_en.clear();
  if (carried.codes.complete()) return open_carried();
  if (!carried.codes.empty()) outlet_.emit(effect::Announce{still_missing(carried.codes, model_.words()), false});
}

void StaffDeskKeeper::cannot_open(std::string_view zh, std::string_view en) {
  Carrying& carried = *model_.staff.carried;
  carried.fault_zh = zh;
  carried.fault_en = en;
  outlet_.emit(effect::Announce{std::string(model_.settings.english() ? en : zh), true});
}

void StaffDeskKeeper::open_carried() {
  Carrying& carried = *model_.staff.carried;
  carried.working = true;
  const std::string body = wire::json::write_carried(carried.codes.octets());
  outlet_.fetch({.method = "POST", .url = open_url, .headers = headers(), .body = Bytes(body.begin(), body.end())}, [this](const event::Response& response) {
    if (lost_session(response) || !model_.staff.carried) return;
    Carrying& asked = *model_.staff.carried;
    asked.working = false;
    auto opened = wire::json::read_opened_carried(as_text(response.body));
    if (response.status != 200 || !opened) {
      std::string zh, en;
      read_fault(response, zh, en);
      return cannot_open(zh, en);
    }
    if (opened->number.empty()) return begin_carried(std::move(opened->application));
    asked.number = opened->number;
    asked.centre = opened->centre;
    outlet_.emit(effect::Announce{model_.words()(Word::StaffCarriedKnown, {{"number", asked.number.text()}}), true});
  });
}

void StaffDeskKeeper::begin_carried(casework::Application application) {
  WalkIn& walk_in = model_.staff.walk_in.emplace();
  Draft& draft = walk_in.draft;
  walk_in.carried = true;
  const ItemId item = application.item;
  draft.registration_district = district_of(application.registration, model_.shelf.catalogue);
  draft.residence_district = district_of(application.residence, model_.shelf.catalogue);
  draft.application = std::move(application);
  walk_in.chosen = draft.application.received_by;
  draft.application.received_by = model_.staff.session.centre;
  draft.begun = draft.changed = model_.now;
  model_.staff.carried.reset();
  outlet_.emit(effect::Announce{std::string(model_.words()(Word::StaffCarriedFilled)), false});
  outlet_.emit(effect::GoTo{to_path(with_id(Page::StaffWalkIn, item.text()))});
}

std::string still_missing(const wire::CodeSet& codes, Words say) {
  std::string numbers;
  for (const std::size_t number : codes.missing()) numbers += (numbers.empty() ? "" : say.english() ? ", " : "、") + std::to_string(number);
  return say(Word::StaffCarriedMissing, {{"n", numbers}, {"total", std::to_string(codes.of())}});
}

}  // namespace tongban::app
