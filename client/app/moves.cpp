// Moves of the app that lead from one part to another: a draft is sealed or taken back, an address brings something along.
#include "client/app/app_parts.h"

#include "client/app/take_home.h"

namespace tongban::app {

void App::Parts::on(const intent::SubmitDraft& submit) {
  Draft* draft = drafts.find(submit.draft);
  if (!draft || !model.shelf.catalogue) return;
  // Everything is checked once more: an item may have ended while the draft lay on the device.
  auto faults = all_faults(*draft, *model.shelf.catalogue, model.now);
  if (faults.empty()) faults = outbox.seal(*draft, submit.carry ? Way::ByHand : Way::Online, [this, key = submit.draft] { drafts.release(key); });
  if (faults.empty()) return;
  if (faults.front().where == carry_place) {
    draft->carry_fault_zh = faults.front().zh();
    draft->carry_fault_en = faults.front().en();
    return outlet.emit(effect::Announce{model.settings.english() ? draft->carry_fault_en : draft->carry_fault_zh, true});
  }
  for (const Error& fault : faults) draft->left.insert(fault.where);
  outlet.emit(effect::Announce{model.settings.english() ? faults.front().en() : faults.front().zh(), true});
  go(prepare(draft->application.item.text(), Step::Review, draft->key()), false);
}

void App::Parts::on(const intent::Revise& revise) {
  auto draft = outbox.revise(revise.outgoing);
  if (!draft) return;
  const Route route = prepare(draft->application.item.text(), Step::Review, draft->key());
  drafts.put_back(std::move(*draft));
  go(route, true);
}

/// Notes in an address are taken once: a reload must not undo what is answered after them.
void App::Parts::take_notes() {
  if (!model.route.notes || !model.restored) return;
  guides.take(ItemId(model.route.id), *std::exchange(model.route.notes, std::nullopt));
  outlet.emit(effect::GoTo{to_path(model.route), true});
}

/// A receipt's code was read: what it stands for is looked up, or opened when the device has it already.
void App::Parts::take_ticket() {
  if (!model.route.ticket || !model.restored) return;
  const CaseTicket ticket = *std::exchange(model.route.ticket, std::nullopt);
  outlet.emit(effect::GoTo{to_path(model.route), true});
  const bool known = std::any_of(model.cases.begin(), model.cases.end(), [&](const CaseEntry& entry) {
    return entry.number.text() == ticket.number && to_base64url(entry.secret) == ticket.code;   // a window may have renewed the code
  });
  if (known) return go(with_id(Page::Case, ticket.number), true);
  model.lookup = {.number = ticket.number, .code = ticket.code};
  book.apply(intent::LookupCase{});
}

/// A draft that somebody has brought along from another device.
void App::Parts::take_draft() {
  if (model.route.taken.empty() || !model.restored) return;
  auto draft = from_digits(std::exchange(model.route.taken, {}));
  if (!draft) {
    model.toast = Toast{std::string(model.words()(Word::DraftCodeBroken)), false, std::nullopt};
    return;
  }
  const auto id = draft->application.submission_id;
  const bool known = std::any_of(model.outbox.begin(), model.outbox.end(), [&](const OutboxEntry& entry) { return entry.id == id; }) ||
                     std::any_of(model.cases.begin(), model.cases.end(), [&](const CaseEntry& entry) { return entry.view && entry.view->submission_id == id; });
  const auto adopted = drafts.adopt(std::move(*draft), known);
  const Draft& here = model.drafts.front();
  go(prepare(here.application.item.text(), here.step, here.key()), true);
  model.toast = Toast{std::string(model.words()(adopted == DraftDesk::Adopted::Copy ? Word::DraftTakenCopy : Word::DraftTaken)), false, model.now + Toast::shown};
}

/// A part that wants another page only says so: the address goes into the history, and the app is there at once.
void App::Parts::follow_parts() {
  if (const auto path = outlet.address(); path && *path != to_path(model.route)) arrive(parse_route(*path));
}

/// "/item/i109/prepare" without a draft: the newest one of the item, or a new one. The address then names it. So does one
/// that names what this device doesn't have: somebody only looked at it, or it was deleted.
void App::Parts::follow_draft() {
  Route& route = model.route;
  drafts.drop_untouched(model.draft());
  if (route.page != Page::Prepare || !model.restored || !model.item()) return;
  const Draft* open = model.draft();
  if ((open && open->key() == route.draft) || model.outgoing() || model.sent_case()) return;
  route.draft = open ? open->key() : drafts.begin(ItemId(route.id)).key();
  outlet.emit(effect::GoTo{to_path(route), true});
}

}  // namespace tongban::app
