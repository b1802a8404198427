#include "client/app/staff_desk.h"

#include <algorithm>

#include "client/app/outbox.h"
#include "shared/usecases/seal_submission.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/staff.h"
#include "shared/wire/json/verbs.h"
#include "shared/wire/json/workload.h"

namespace tongban::app {
namespace {

using casework::Verb;
constexpr const char* session_url = "/api/v1/staff/session";
constexpr const char* cases_url = "/api/v1/staff/cases";
constexpr int days_to_supplement = 10;  // proposed to the window, which may change it

Bytes to_bytes(std::string_view text) { return Bytes(as_bytes(text).begin(), as_bytes(text).end()); }

}  // namespace

std::vector<std::pair<std::string, std::string>> StaffDeskKeeper::headers() const {
  return {{"content-type", "application/json"}, {"tongban-csrf", model_.staff.session.csrf}};
}

void StaffDeskKeeper::enter() {
  StaffDesk& desk = model_.staff;
  if (model_.route.page != Page::StaffCase) desk.open.reset();
  if (model_.route.page != Page::StaffWalkIn) desk.walk_in.reset();
  if (model_.route.page != Page::StaffCarried) desk.carried.reset();
  if (desk.state == SignIn::Unknown && model_.online) {
    desk.state = SignIn::Trying;
    outlet_.get(session_url, [this](const event::Response& response) { signed_in(response); });
    return;
  }
  if (desk.state != SignIn::In) return;
  if (model_.route.page == Page::Staff) load_list();
  if (model_.route.page == Page::StaffCase) load_case(CaseNumber(model_.route.id));
  if (model_.route.page == Page::StaffCarried && !desk.carried) desk.carried.emplace();
  if (model_.route.page == Page::StaffWalkIn && !desk.walk_in) apply(intent::BeginWalkIn{ItemId(model_.route.id)});
}

void StaffDeskKeeper::signed_in(const event::Response& response) {
  StaffDesk& desk = model_.staff;
  desk.state = SignIn::Out;
  desk.password.clear();
  if (response.status / 100 != 2) return;
  auto session = wire::json::read_staff_session(as_text(response.body));
  if (!session) return;
  desk.session = std::move(*session);
  desk.state = SignIn::In;
  desk.fault_zh.clear();
  desk.fault_en.clear();
  enter();
}

bool StaffDeskKeeper::lost_session(const event::Response& response) {
  if (response.status != 401) return false;
  model_.staff = {};
  model_.staff.state = SignIn::Out;
  return true;
}

void StaffDeskKeeper::apply(const intent::StaffAccount& intent) { model_.staff.account = intent.value; }
void StaffDeskKeeper::apply(const intent::StaffPassword& intent) { model_.staff.password = intent.value; }

void StaffDeskKeeper::apply(const intent::SignIn&) {
  StaffDesk& desk = model_.staff;
  if (desk.account.empty() || desk.password.empty() || desk.state == SignIn::Trying) return;
  desk.state = SignIn::Trying;
  outlet_.fetch({.method = "POST", .url = session_url, .headers = {{"content-type", "application/json"}},
                 .body = to_bytes(wire::json::write_sign_in({desk.account, desk.password}))},
                [this](const event::Response& response) {
                  signed_in(response);
                  if (model_.staff.state != SignIn::In) {
                    read_fault(response, model_.staff.fault_zh, model_.staff.fault_en);
                    outlet_.emit(effect::Announce{model_.settings.english() ? model_.staff.fault_en : model_.staff.fault_zh, true});
                  }
                });
}

void StaffDeskKeeper::apply(const intent::SignOut&) {
  sign_out([] {});
  outlet_.emit(effect::GoTo{to_path(plain(Page::Staff))});
}

void StaffDeskKeeper::sign_out(std::function<void()> then) {
  outlet_.fetch({.method = "DELETE", .url = session_url, .headers = headers(), .body = {}},
                [then = std::move(then)](const event::Response&) { then(); });
  model_.staff = {};
  model_.staff.state = SignIn::Out;
}

void StaffDeskKeeper::apply(const intent::RefreshList&) { load_list(); }

void StaffDeskKeeper::load_workload() {
  model_.staff.loading = true;
  outlet_.get("/api/v1/staff/counts", [this](const event::Response& response) {
    StaffDesk& desk = model_.staff;
    desk.loading = false;
    if (lost_session(response)) return;
    auto workload = wire::json::read_workload(as_text(response.body));
    if (response.status != 200 || !workload) return read_fault(response, desk.fault_zh, desk.fault_en);
    desk.fault_zh.clear();
    desk.workload = std::move(*workload);
    desk.fetched = model_.now;
  });
}

void StaffDeskKeeper::load_list() {
  if (!casework::sees_cases(model_.staff.session.role)) return load_workload();
  model_.staff.loading = true;
  // The whole list, and the tabs are cut from it here: their counts then always agree with what they show.
  outlet_.get(cases_url, [this](const event::Response& response) {
    StaffDesk& desk = model_.staff;
    desk.loading = false;
    if (lost_session(response)) return;
    auto rows = wire::json::read_work_list(as_text(response.body));
    if (response.status != 200 || !rows) {
      read_fault(response, desk.fault_zh, desk.fault_en);
      return;
    }
    desk.fault_zh.clear();
    desk.rows = std::move(*rows);
    desk.fetched = model_.now;
  });
}

void StaffDeskKeeper::apply(const intent::StaffSearch& intent) {
  model_.staff.search = intent.text;
  const catalogue::SearchIndex* index = keeper_.index();
  model_.staff.found = index ? index->search(intent.text, 12, model_.settings.reading()) : std::vector<catalogue::Hit>{};
}

void StaffDeskKeeper::load_case(const CaseNumber& number) {
  StaffDesk& desk = model_.staff;
  if (!desk.open || desk.open->number != number) {
    desk.open.emplace();
    desk.open->number = number;
    }
  desk.open->loading = true;
  outlet_.get(std::string(cases_url) + "/" + number.text(), [this](const event::Response& response) { take_case(response); });
}

void StaffDeskKeeper::take_case(const event::Response& response) {
  if (lost_session(response) || !model_.staff.open) return;
  StaffCase& open = *model_.staff.open;
  open.loading = false;
  auto view = wire::json::read_case_view(as_text(response.body));
  if (response.status / 100 != 2 || !view) {
    open.gone = !open.view;
    return;
  }
  open.gone = false;
  open.view = std::move(*view);
  for (const auto& verdict : open.view->verdicts) open.verdicts.emplace(verdict.material, verdict);
  // What was supplemented is looked at again.
  for (const auto& entry : open.view->timeline)
    if (entry.kind == casework::EventKind::Supplemented)
      for (const auto& material : entry.payload.materials) {
        const auto verdict = std::find_if(open.view->verdicts.begin(), open.view->verdicts.end(), [&](const auto& one) { return one.material == material.material; });
        if (verdict != open.view->verdicts.end() && verdict->verdict == casework::Verdict::Missing) open.verdicts.erase(material.material);
      }
  if (open.due.empty()) open.due = to_text(add_days(shanghai_time(model_.now).date, days_to_supplement));
}

void StaffDeskKeeper::explain(const std::string& path) {
  const auto& open = model_.staff.open;
  if (!open || !path.starts_with(std::string(cases_url) + "/" + open->number.text() + "/")) return;
  outlet_.get(path, [this, path, number = open->number](const event::Response& response) {
    if (lost_session(response) || !model_.staff.open || model_.staff.open->number != number) return;
    if (response.status / 100 == 2) return;
    auto& why = model_.staff.open->unseen[path];
    read_fault(response, why.zh, why.en);
  });
}

void StaffDeskKeeper::apply(const intent::BeginWalkIn& intent) {
  model_.staff.walk_in.emplace();
  model_.staff.walk_in->draft = drafts_.unkept(intent.item);
  model_.staff.walk_in->draft.application.received_by = model_.staff.session.centre;
  if (model_.route.page != Page::StaffWalkIn) outlet_.emit(effect::GoTo{to_path(with_id(Page::StaffWalkIn, intent.item.text()))});
}

Draft* StaffDeskKeeper::walk_in_draft(const std::string& key) {
  auto& walk_in = model_.staff.walk_in;
  return walk_in && walk_in->draft.key() == key ? &walk_in->draft : nullptr;
}

void StaffDeskKeeper::apply(const intent::FileWalkIn&) {
  auto& walk_in = model_.staff.walk_in;
  if (!walk_in || walk_in->working || !model_.shelf.catalogue) return;
  for (const Step part : {Step::Situation, Step::Form}) {
    const auto faults = drafts_.check(walk_in->draft, part);
    if (faults.empty()) continue;
    outlet_.emit(effect::Announce{model_.words()(Word::AnnounceErrors, "n", static_cast<long long>(faults.size())), true});
    outlet_.emit(effect::Focus{faults.front().where});
    return;
  }
  // The access code is minted here and printed for the resident; the node keeps only its digest. Whoever carried it here
  // has one already.
  auto form = sealed_form(walk_in->draft, *model_.shelf.catalogue, model_.now);
  auto result = walk_in->carried ? usecases::seal_carried(std::move(form), *model_.shelf.catalogue, model_.now)
                                 : usecases::seal_submission(std::move(form), *model_.shelf.catalogue, model_.now, vault_.random());
  if (!result.sealed) {
    walk_in->fault_zh = result.faults.front().zh();
    walk_in->fault_en = result.faults.front().en();
    return;
  }
  if (!walk_in->carried) walk_in->secret.assign(result.sealed->secret.begin(), result.sealed->secret.end());
  walk_in->working = true;
  outlet_.fetch({.method = "POST", .url = cases_url, .headers = headers(), .body = to_bytes(wire::json::write_walk_in({result.sealed->application, walk_in->chosen}))},
                [this](const event::Response& response) {
                  auto& filed = model_.staff.walk_in;
                  if (lost_session(response) || !filed) return;
                  filed->working = false;
                  auto answer = wire::json::read_submission_answer(as_text(response.body));
                  if (response.status / 100 != 2 || !answer) {
                    read_fault(response, filed->fault_zh, filed->fault_en);
                    outlet_.emit(effect::Announce{model_.settings.english() ? filed->fault_en : filed->fault_zh, true});
                    return;
                  }
                  filed->fault_zh.clear();
                  filed->fault_en.clear();
                  filed->number = answer->view.number;
                  filed->receipt = answer->receipt;
                });
}

void StaffDeskKeeper::apply(const intent::Mark& intent) {
  if (!model_.staff.open) return;
  auto& verdict = model_.staff.open->verdicts[intent.material];
  verdict.material = intent.material;
  verdict.verdict = intent.verdict;
  if (intent.verdict == casework::Verdict::Fine) verdict.reason.clear();
}

void StaffDeskKeeper::apply(const intent::MarkReason& intent) {
  if (model_.staff.open) model_.staff.open->verdicts[intent.material].reason = intent.reason;
}

void StaffDeskKeeper::apply(const intent::ShowAttachment& intent) {
  if (!model_.staff.open) return;
  model_.staff.open->shown = intent.digest;
  model_.staff.open->unseen.clear();   // asked for again
}

void StaffDeskKeeper::apply(const intent::OpenForm& intent) {
  if (!model_.staff.open) return;
  model_.staff.open->form = model_.staff.open->form == intent.form ? StaffForm::None : intent.form;
  model_.staff.open->fault_zh.clear();
  model_.staff.open->fault_en.clear();
}

void StaffDeskKeeper::apply(const intent::FormText& intent) {
  if (!model_.staff.open) return;
  StaffCase& open = *model_.staff.open;
  switch (intent.which) {
    case intent::FormText::Which::Due: open.due = intent.value; break;
    case intent::FormText::Which::Reason: open.reason = intent.value; break;
    case intent::FormText::Which::Text: open.text = intent.value; break;
    case intent::FormText::Which::Body: open.outside_body = intent.value; break;
  }
}

void StaffDeskKeeper::apply(const intent::FormDistrict& intent) {
  if (!model_.staff.open) return;
  model_.staff.open->district = intent.district;
  model_.staff.open->to = {};
}

void StaffDeskKeeper::apply(const intent::FormCentre& intent) {
  if (model_.staff.open) model_.staff.open->to = intent.centre;
}

void StaffDeskKeeper::apply(const intent::FormOutcome& intent) {
  if (model_.staff.open) model_.staff.open->outcome = intent.outcome;
}

void StaffDeskKeeper::apply(const intent::ChooseMode& intent) {
  if (!model_.staff.open) return;
  model_.staff.open->here = intent.here;
  model_.staff.open->mode_chosen = true;
}

casework::EventPayload StaffDeskKeeper::payload_for(Verb verb) const {
  const StaffCase& open = *model_.staff.open;
  casework::EventPayload payload;
  switch (verb) {
    case Verb::Check:
      for (const auto& [material, verdict] : open.verdicts) payload.verdicts.push_back(verdict);
      break;
    case Verb::Return:
      for (const auto& [material, verdict] : open.verdicts)
        if (verdict.verdict == casework::Verdict::Missing) payload.verdicts.push_back(verdict);
      payload.due = parse_date(open.due);
      break;
    case Verb::Transfer:
      payload.to = open.to;
      payload.reason = open.reason;
      break;
    case Verb::Accept:
      payload.reason = open.reason;
      payload.outside_body = open.outside_body;
      break;
    case Verb::NotOurs:
      payload.to = open.to;
      payload.reason = open.reason;
      break;
    case Verb::Decide:
      payload.outcome = open.outcome.value_or(casework::Outcome::Granted);
      payload.text = open.text;
      break;
    default: break;
  }
  return payload;
}

void StaffDeskKeeper::step(Verb verb, std::function<void()> then) {
  const std::string url = std::string(cases_url) + "/" + model_.staff.open->number.text() + "/" + std::string(casework::name_of(verb));
  post(url, wire::json::write_verb_body(verb, payload_for(verb)), [then = std::move(then)](const event::Response&) { then(); });
}

void StaffDeskKeeper::post(const std::string& url, std::string_view body, std::function<void(const event::Response&)> then) {
  StaffCase& open = *model_.staff.open;
  open.working = true;
  open.fault_zh.clear();
  open.fault_en.clear();
  outlet_.fetch({.method = "POST", .url = url, .headers = headers(), .body = to_bytes(body)},
                [this, number = open.number, then = std::move(then)](const event::Response& response) {
                  if (lost_session(response) || !model_.staff.open || model_.staff.open->number != number) return;
                  StaffCase& asked = *model_.staff.open;
                  asked.working = false;
                  if (response.status / 100 != 2) {
                    read_fault(response, asked.fault_zh, asked.fault_en);
                    outlet_.emit(effect::Announce{model_.settings.english() ? asked.fault_en : asked.fault_zh, true});
                    return;
                  }
                  then(response);
                });
}

/// What has to be done on the way to a verb: a window that passes a case on has received and checked it.
std::vector<Verb> StaffDeskKeeper::way_to(Verb verb) const {
  const auto& view = *model_.staff.open->view;
  std::vector<Verb> steps;
  const bool checks = verb == Verb::Check || verb == Verb::Return || verb == Verb::Transfer;
  if (view.stage == casework::Stage::Submitted && checks) steps.push_back(Verb::Receive);
  const bool open = view.stage == casework::Stage::Submitted || view.stage == casework::Stage::Received;
  if (open && (verb == Verb::Return || verb == Verb::Transfer)) steps.push_back(Verb::Check);
  steps.push_back(verb);
  return steps;
}

void StaffDeskKeeper::run(std::vector<Verb> steps) {
  const Verb next = steps.front();
  steps.erase(steps.begin());
  step(next, [this, steps = std::move(steps)]() mutable {
    if (!steps.empty()) return run(std::move(steps));
    StaffCase& open = *model_.staff.open;
    open.form = StaffForm::None;
    open.reason.clear();
    open.text.clear();
    open.to = {};
    open.district.clear();
    outlet_.emit(effect::Announce{std::string(model_.words()(Word::StaffDone)), false});
    load_case(open.number);
  });
}

void StaffDeskKeeper::apply(const intent::Remind&) {
  if (!model_.staff.open || model_.staff.open->working) return;
  const std::string url = std::string(cases_url) + "/" + model_.staff.open->number.text() + "/remind";
  post(url, {}, [this](const event::Response& response) {
    take_case(response);
    model_.staff.open->reminded = true;
    outlet_.emit(effect::Announce{std::string(model_.words()(Word::StaffReminded)), false});
  });
}

void StaffDeskKeeper::apply(const intent::Do& intent) {
  if (!model_.staff.open || !model_.staff.open->view || model_.staff.open->working) return;
  run(way_to(intent.verb));
}

}  // namespace tongban::app
