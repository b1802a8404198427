#include "client/views/guide_parts.h"

#include "client/views/format.h"
#include "shared/catalogue/eligibility.h"

namespace tongban::views {
namespace {

constexpr std::size_t short_text = 30;  // octets: ten characters of Chinese

Word decided_by(catalogue::DecidedBy by) {
  switch (by) {
    case catalogue::DecidedBy::Registration: return Word::ProcessDecideRegistration;
    case catalogue::DecidedBy::Residence: return Word::ProcessDecideResidence;
    default: return Word::ProcessDecideHome;
  }
}

}  // namespace

std::string material_caption(const Screen& screen, const catalogue::Item& item, const catalogue::Material& material,
                             const catalogue::Answers& answers) {
  const std::string comma(screen.say(Word::Comma));
  std::string line = material.form.empty() ? std::string(screen.say(Word::MaterialNotStated)) : std::string(screen.of_item(material.form));
  if (!material.copies.empty()) {
    const bool number = material.copies.find_first_not_of("0123456789") == std::string::npos;
    line += comma + (number ? screen.say(Word::MaterialCopies, {{"n", material.copies}}) : std::string(screen.of_item(material.copies)));
  }
  const auto reasons = catalogue::reasons_for(item, material, answers);
  if (!reasons.empty() && reasons.front().answer)
    line += comma + screen.say(Word::MaterialBecause, {{"answer", screen.zh_or_en(reasons.front().answer->text, reasons.front().answer->text_en)}});
  if (!material.note.empty()) line += comma + screen.say(Word::MaterialBySituation, {{"note", screen.of_item(material.note)}});
  return line;
}

std::string fee_text(const Screen& screen, const catalogue::Item& item) {
  return item.fee.empty() ? screen.unpublished() : std::string(screen.of_item(item.fee));
}

std::string wait_text(const Screen& screen, const catalogue::Item& item) {
  if (item.limit_working_days) return screen.say(Word::RowLimitDays, "n", *item.limit_working_days);
  if (item.limit.empty()) return screen.unpublished();
  const auto limit = screen.of_item(item.limit);
  return limit.size() <= short_text ? std::string(limit) : std::string(screen.say(Word::GuideSeeNote));
}

std::string limit_note(const Screen&, const catalogue::Item& item) {
  return item.limit.size() > short_text ? item.limit : std::string();
}

Word materials_title(const catalogue::Checklist& list) { return list.undecided.empty() ? Word::GuideMaterials : Word::GuideMaterialsAtLeast; }

Word process_title(catalogue::Mode mode) {
  switch (mode) {
    case catalogue::Mode::AcceptSeparate: return Word::GuideProcessSeparate;
    case catalogue::Mode::Direct: return Word::GuideProcessDirect;
    case catalogue::Mode::OutsideReview: return Word::GuideProcessOutside;
    case catalogue::Mode::Unpublished: break;
  }
  return Word::GuideProcessUnpublished;
}

bool one_trip(const catalogue::Item& item) {
  return item.mode == catalogue::Mode::Direct || item.mode == catalogue::Mode::AcceptSeparate;
}

bool is_citywide(const catalogue::Item& item) { return item.citywide_stated || item.citywide_from; }

std::vector<ui::ProcessNode> process_nodes(const Screen& screen, const catalogue::Item& item, std::vector<std::string>& keep) {
  const Words say = screen.say;
  using ui::Mark;
  std::vector<ui::ProcessNode> nodes;
  nodes.push_back({.icon = ui::Icon::Person, .mark = Mark::You, .title = say(Word::ProcessYou), .caption = say(one_trip(item) && is_citywide(item) ? Word::ProcessYouCaption : Word::ProcessYouAtCentre),
                   .line_label = say(Word::ProcessOnSite), .solid = true});
  keep.reserve(2);
  if (item.limit_working_days) keep.push_back(say(Word::RowLimitDays, "n", *item.limit_working_days));
  const std::string_view wait = keep.empty() ? std::string_view{} : std::string_view(keep.back());
  switch (item.mode) {
    case catalogue::Mode::AcceptSeparate:
      nodes.push_back({.letter = "A", .title = say(Word::ProcessReceive), .caption = say(Word::ProcessReceiveCaption), .line_label = say(Word::ProcessOneDay)});
      nodes.push_back({.letter = "B", .title = say(Word::ProcessDecide), .caption = say(decided_by(item.decided_by)), .stress = say(Word::ProcessNotYou), .line_label = wait});
      break;
    case catalogue::Mode::Direct:
      nodes.push_back({.letter = "A", .title = say(Word::ProcessDirect), .caption = say(Word::ProcessDirectCaption), .line_label = wait});
      break;
    case catalogue::Mode::OutsideReview:
      nodes.push_back({.letter = "A", .title = say(Word::ProcessReceive), .caption = say(Word::ProcessReceiveCaption)});
      nodes.push_back({.icon = ui::Icon::Flat, .title = say(Word::ProcessOutside), .caption = say(Word::ProcessOutsideCaption), .line_label = wait});
      break;
    case catalogue::Mode::Unpublished:
      nodes.push_back({.letter = "A", .title = say(Word::ProcessReceive), .caption = say(Word::ProcessReceiveCaption)});
      nodes.push_back({.icon = ui::Icon::Info, .title = say(Word::ProcessWindow), .caption = say(Word::ProcessWindowCaption), .line_label = wait});
      break;
  }
  nodes.push_back({.icon = ui::Icon::Check, .mark = Mark::You, .title = say(Word::ProcessResult), .caption = say(Word::ProcessResultCaption)});
  return nodes;
}

}  // namespace tongban::views
