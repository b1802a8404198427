#include "client/app/case_book.h"

#include <algorithm>

#include "shared/casework/application_check.h"
#include "shared/casework/access.h"
#include "shared/casework/case_number.h"
#include "shared/casework/text.h"
#include "shared/crypto/digest.h"
#include "shared/wire/errors.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/verbs.h"
#include "shared/wire/receipt.h"

namespace tongban::app {
namespace {

constexpr const char* space = "case";

bool is_closed(const CaseEntry& entry) {
  if (!entry.view) return false;
  const auto stage = entry.view->stage;
  return stage == casework::Stage::Delivered || stage == casework::Stage::Withdrawn || stage == casework::Stage::Duplicate;
}

/// What the resident still owes and how each of it stands.
std::vector<casework::MaterialState> mended(const CaseEntry& entry) {
  std::vector<casework::MaterialState> states;
  for (const Paper& paper : entry.mending) {
    if (paper.photos.empty()) continue;
    casework::MaterialState state{.material = paper.material, .way = casework::MaterialWay::Attached, .attachments = {}};
    for (const Photo& photo : paper.photos) state.attachments.push_back({photo.digest, photo.media_type, photo.size});
    states.push_back(std::move(state));
  }
  return states;
}

std::vector<Photo> files_of(const CaseEntry& entry) {
  std::vector<Photo> files;
  for (const Paper& paper : entry.mending) files.insert(files.end(), paper.photos.begin(), paper.photos.end());
  return files;
}

Paper& paper_of(CaseEntry& entry, const std::string& material) {
  for (Paper& paper : entry.mending)
    if (paper.material == material) return paper;
  entry.mending.push_back({.material = material, .photos = {}});
  return entry.mending.back();
}

}  // namespace

void CaseBook::restore(const event::Stored& stored) {
  for (const auto& row : stored.rows) {
    const auto plain = vault_.unlock(space, row.key, row.blob);
    auto entry = plain ? decode_case_entry(*plain) : std::nullopt;
    if (!entry) continue;
    entry->version = row.version;
    if (entry->mend == MendState::Sending) entry->mend = MendState::Waiting;   // whoever was sending it is gone
    if (auto view = wire::json::read_case_view(as_text(entry->told))) entry->view = std::move(*view);
    model_.cases.push_back(std::move(*entry));
  }
  std::stable_sort(model_.cases.begin(), model_.cases.end(), [](const CaseEntry& a, const CaseEntry& b) { return a.stored_at > b.stored_at; });
  verify(keys_);
  wake();
}

CaseEntry* CaseBook::find(const CaseNumber& number) {
  for (CaseEntry& entry : model_.cases)
    if (entry.number == number) return &entry;
  return nullptr;
}

void CaseBook::keep(const OutboxEntry& sent, const casework::CaseView& view, Bytes receipt, Bytes answer, std::function<void()> kept) {
  CaseEntry entry;
  entry.number = view.number;
  entry.item = sent.item;
  entry.centre = view.received_by;   // what was carried may have gone to another centre's window
  entry.applicant = sent.applicant;
  entry.for_other = sent.for_other;
  entry.secret = sent.secret;
  entry.receipt = std::move(receipt);
  entry.stored_at = view.changed_at;
  entry.told = std::move(answer);
  entry.fetched = model_.now;
  entry.view = view;
  std::erase_if(model_.cases, [&](const CaseEntry& one) { return one.number == entry.number; });
  model_.cases.insert(model_.cases.begin(), std::move(entry));
  verify(keys_);
  // The sealed application is let go only when the case is safely here; else it would be asked for again.
  save(model_.cases.front(), [kept = std::move(kept)](bool ok) { if (ok) kept(); });
}

void CaseBook::verify(const crypto::KeyList* keys) {
  keys_ = keys;
  if (!keys_) return;
  for (CaseEntry& entry : model_.cases) {
    if (entry.receipt.empty()) continue;
    const auto verified = wire::verify_receipt(entry.receipt, wire::keys_of(*keys_));
    // A key that this list doesn't have may be on the next one: centres change their keys.
    const bool unknown = !verified && verified.error().is(wire::wire_errors::UnknownKey);
    entry.receipt_state = verified ? ReceiptState::Genuine : unknown ? ReceiptState::Unchecked : ReceiptState::Wrong;
  }
}

std::vector<std::pair<std::string, std::string>> CaseBook::authorization(const CaseEntry& entry) const {
  return {{"authorization", "Tongban-Case " + to_base64url(entry.secret)}};
}

void CaseBook::refresh_all() {
  for (CaseEntry& entry : model_.cases)
    if (!is_closed(entry)) refresh(entry.number);
}

void CaseBook::refresh(const CaseNumber& number) {
  CaseEntry* entry = find(number);
  if (!entry || entry->refreshing || entry->secret.empty()) return;
  if (!model_.online) {
    entry->unreachable = true;
    return;
  }
  entry->refreshing = true;
  outlet_.fetch({.url = "/api/v1/cases/" + number.text(), .headers = authorization(*entry), .body = {}},
                [this, number](const event::Response& response) {
                  if (CaseEntry* asked = find(number)) told(*asked, response);
                });
}

void CaseBook::told(CaseEntry& entry, const event::Response& response) {
  entry.refreshing = false;
  entry.unreachable = response.status != 200;
  if (response.status != 200) return;
  auto view = wire::json::read_case_view(as_text(response.body));
  if (!view || view->number != entry.number) {
    entry.unreachable = true;
    return;
  }
  entry.view = std::move(*view);
  entry.told = response.body;
  entry.fetched = model_.now;
  for (const auto& receipt : entry.view->receipts)
    if (receipt.kind == casework::ReceiptKind::Stored && entry.receipt.empty()) entry.receipt = receipt.bytes;
  if (!entry.view->open_return && entry.mend != MendState::Collecting) {
    const auto files = files_of(entry);
    entry.mending.clear();
    entry.mend = MendState::Collecting;
    photos_.drop(files);
  }
  verify(keys_);
  save(entry);
}

void CaseBook::save(const CaseEntry& entry, std::function<void(bool)> then) {
  const std::string key = entry.number.text();
  outlet_.put(space, key, vault_.lock(space, key, encode_case_entry(entry)),
              [this, number = entry.number, then = std::move(then)](const event::Stored& answer) {
                if (CaseEntry* stored = find(number); stored && answer.ok && !answer.rows.empty()) stored->version = answer.rows.front().version;
                if (then) then(answer.ok);
              }, entry.version);
}

void CaseBook::wake() {
  if (!model_.online) return;
  for (CaseEntry& entry : model_.cases) {
    if (entry.mend != MendState::Waiting) continue;
    entry.retry.reset();
    send_mending(entry);
  }
}

void CaseBook::tick() {
  if (!model_.online) return;
  for (CaseEntry& entry : model_.cases)
    if (entry.mend == MendState::Waiting && entry.retry.due(model_.now)) send_mending(entry);
}

std::optional<Instant> CaseBook::next_deadline() const {
  std::optional<Instant> next;
  if (!model_.online) return next;
  for (const CaseEntry& entry : model_.cases)
    if (entry.mend == MendState::Waiting && entry.retry.at && (!next || *entry.retry.at < *next)) next = entry.retry.at;
  return next;
}

void CaseBook::lost_photo(CaseEntry& entry, const Photo& photo) {
  entry.mend = MendState::Collecting;
  for (Paper& paper : entry.mending) {
    if (std::erase_if(paper.photos, [&](const Photo& other) { return other.digest == photo.digest; }) == 0) continue;
    entry.photo_fault = model_.words()(Word::PhotoBroken);
    entry.photo_fault_at = paper.material;
  }
  outlet_.emit(effect::Announce{entry.photo_fault, true});
  save(entry);
}

void CaseBook::not_taken(CaseEntry& entry, const event::Response& response) {
  if (is_passing(response.status)) {
    entry.mend = MendState::Waiting;
    entry.retry.later(model_.now, vault_.random());
    return;
  }
  entry.mend = MendState::Failed;
  read_fault(response, entry.fault_zh, entry.fault_en);
  outlet_.emit(effect::Announce{model_.settings.english() ? entry.fault_en : entry.fault_zh, true});
}

void CaseBook::apply(const intent::LookupNumber& intent) { model_.lookup = {.number = intent.number, .code = model_.lookup.code}; }
void CaseBook::apply(const intent::LookupCode& intent) { model_.lookup = {.number = model_.lookup.number, .code = intent.code}; }

void CaseBook::apply(const intent::LookupCase&) {
  CaseLookup& lookup = model_.lookup;
  const auto read = casework::read_case_number(lookup.number);
  const auto secret = casework::read_access_text(casework::tidy(lookup.code));
  lookup.unreachable = !model_.online;
  lookup.wrong = !secret || !read;
  if (lookup.unreachable || lookup.wrong) return;
  lookup.looking = true;
  CaseEntry entry;
  entry.number = *read;
  entry.secret.assign(secret->begin(), secret->end());
  outlet_.fetch({.url = "/api/v1/cases/" + read->text(), .headers = authorization(entry), .body = {}},
                [this, entry](const event::Response& response) mutable {
                  model_.lookup.looking = false;
                  model_.lookup.unreachable = is_passing(response.status);
                  auto view = wire::json::read_case_view(as_text(response.body));
                  model_.lookup.wrong = !model_.lookup.unreachable && (response.status != 200 || !view);
                  if (response.status != 200 || !view) return;
                  entry.item = view->item;
                  entry.centre = view->received_by;
                  entry.applicant = view->applicant;
                  entry.stored_at = view->timeline.empty() ? model_.now : view->timeline.front().at;
                  std::erase_if(model_.cases, [&](const CaseEntry& one) { return one.number == entry.number; });
                  model_.cases.insert(model_.cases.begin(), entry);
                  model_.lookup = {};
                  told(model_.cases.front(), response);
                  outlet_.emit(effect::GoTo{to_path(with_id(Page::Case, entry.number.text()))});
                });
}

void CaseBook::apply(const intent::MendBring& intent) {
  if (CaseEntry* entry = find(intent.number)) {
    paper_of(*entry, intent.material).bring = intent.bring;
    save(*entry);
  }
}

void CaseBook::apply(const intent::MendPhoto& intent) {
  CaseEntry* entry = find(intent.number);
  if (!entry) return;
  const Words say = model_.words();
  const auto refuse = [&](std::string why) {
    entry->photo_fault = std::move(why);
    entry->photo_fault_at = intent.material;
    outlet_.emit(effect::Announce{entry->photo_fault, true});
  };
  const auto checked = PhotoBox::check(intent.bytes);
  if (checked.fault == Word::PhotoTooLarge) return refuse(say(Word::PhotoTooLarge, {{"limit", say(Word::SizeMegabytes, "n", casework::largest_file >> 20)}}));
  if (checked.fault) return refuse(std::string(say(*checked.fault)));
  Paper& paper = paper_of(*entry, intent.material);
  const bool instead = !intent.instead_of.empty();
  if (!instead && paper.photos.size() >= casework::most_files) return refuse(say(Word::PhotoTooMany, "n", static_cast<long long>(casework::most_files)));
  const Photo photo = PhotoBox::photo_of(intent.bytes, checked.media_type, intent.look);
  if (holds(paper, photo.digest)) return refuse(std::string(say(Word::PhotoTwice)));
  entry->photo_fault.clear();
  if (!instead) {
    paper.photos.push_back(photo);
    save(*entry);
  }
  photos_.keep(photo, intent.bytes, [this, number = intent.number, material = intent.material, old = intent.instead_of, photo](bool ok) {
    CaseEntry* where = find(number);
    if (ok) return old.empty() ? void() : put_in_place(where, material, old, photo);
    if (!where) return;
    take_out(paper_of(*where, material), photo.hex());
    where->photo_fault = model_.words()(Word::StorageFull);
    where->photo_fault_at = material;
    save(*where);
  });
}

void CaseBook::put_in_place(CaseEntry* entry, const std::string& material, const std::string& old, const Photo& photo) {
  const auto before = entry ? put_instead(paper_of(*entry, material), old, photo) : std::nullopt;
  if (!before) return photos_.drop({photo});   // sent meanwhile, or taken out
  removal_.offer(Word::PhotoReplaced, before->photo, [this, number = entry->number, material, before = *before, photo] {
    CaseEntry* where = find(number);
    if (!where || !where->view || !where->view->open_return) return;   // the correction went without it
    take_out(paper_of(*where, material), photo.hex());
    lay_back(paper_of(*where, material), before);
    photos_.drop({photo});
    save(*where);
  });
  save(*entry);
}

void CaseBook::apply(const intent::MendRemove& intent) {
  CaseEntry* entry = find(intent.number);
  if (!entry) return;
  const auto taken = take_out(paper_of(*entry, intent.material), intent.digest);
  if (!taken) return;
  removal_.offer(Word::PhotoRemoved, taken->photo, [this, number = intent.number, material = intent.material, taken = *taken] {
    CaseEntry* where = find(number);
    if (!where || !where->view || !where->view->open_return) return;   // the correction went without it
    lay_back(paper_of(*where, material), taken);
    save(*where);
  });
  save(*entry);
}

void CaseBook::apply(const intent::SendMending& intent) {
  CaseEntry* entry = find(intent.number);
  if (!entry || mended(*entry).empty()) return;
  entry->files_done = 0;
  entry->retry.reset();
  entry->mend = MendState::Waiting;
  save(*entry, [this, number = intent.number](bool ok) {
    CaseEntry* stored = find(number);
    // Meanwhile the network may have come, and it is on its way.
    if (stored && ok && model_.online && stored->mend == MendState::Waiting) send_mending(*stored);
  });
}

void CaseBook::send_mending(CaseEntry& entry) {
  entry.mend = MendState::Sending;
  entry.retry.at.reset();
  const auto files = files_of(entry);
  if (entry.files_done >= files.size()) return post_mending(entry);
  const Photo photo = files[entry.files_done];
  photos_.read(photo, [this, number = entry.number, photo](Bytes bytes) {
    if (CaseEntry* reading = find(number); reading && bytes.empty()) return lost_photo(*reading, photo);
    sender_.send(photo, std::move(bytes), [this, number](const event::Response& response) {
      CaseEntry* sent = find(number);
      if (!sent) return;
      if (response.status / 100 == 2) {
        ++sent->files_done;
        return send_mending(*sent);
      }
      not_taken(*sent, response);
    });
  });
}

void CaseBook::post_mending(CaseEntry& entry) {
  casework::EventPayload payload;
  payload.materials = mended(entry);
  outlet_.fetch({.method = "POST", .url = "/api/v1/cases/" + entry.number.text() + "/supplements", .headers = [&] {
                   auto headers = authorization(entry);
                   headers.emplace_back("content-type", "application/json");
                   return headers;
                 }(), .body = [&] {
                   const std::string body = wire::json::write_verb_body(casework::Verb::Supplement, payload);
                   return Bytes(body.begin(), body.end());
                 }()},
                [this, number = entry.number](const event::Response& response) {
                  CaseEntry* sent = find(number);
                  if (!sent) return;
                  if (response.status / 100 != 2) return not_taken(*sent, response);
                  const auto files = files_of(*sent);
                  sent->mending.clear();
                  sent->mend = MendState::Collecting;
                  sent->retry.reset();
                  photos_.drop(files);
                  save(*sent);
                  refresh(number);
                });
}

void CaseBook::withdraw(const CaseNumber& number, const std::string& reason) {
  CaseEntry* entry = find(number);
  if (!entry) return;
  casework::EventPayload payload;
  payload.reason = reason;
  auto headers = authorization(*entry);
  headers.emplace_back("content-type", "application/json");
  const std::string body = wire::json::write_verb_body(casework::Verb::Withdraw, payload);
  outlet_.fetch({.method = "POST", .url = "/api/v1/cases/" + number.text() + "/withdrawal", .headers = std::move(headers), .body = Bytes(body.begin(), body.end())},
                [this, number](const event::Response& response) {
                  CaseEntry* asked = find(number);
                  if (!asked) return;
                  if (response.status / 100 == 2) return refresh(number);
                  read_fault(response, asked->fault_zh, asked->fault_en);
                  outlet_.emit(effect::Announce{model_.settings.english() ? asked->fault_en : asked->fault_zh, true});
                });
}

}  // namespace tongban::app
