#include "client/app/outbox.h"

#include <algorithm>

#include "shared/casework/access.h"
#include "shared/usecases/carry.h"
#include "shared/usecases/errors.h"
#include "shared/usecases/seal_submission.h"
#include "shared/wire/carried.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/problem.h"

namespace tongban::app {
namespace {

constexpr const char* space = "outbox";

std::optional<casework::AccessSecret> secret_of(const Bytes& kept) {
  casework::AccessSecret secret;
  if (kept.size() != secret.size()) return std::nullopt;
  std::copy(kept.begin(), kept.end(), secret.begin());
  return secret;
}

Bytes to_bytes(std::string_view text) { return Bytes(as_bytes(text).begin(), as_bytes(text).end()); }

}  // namespace

bool is_passing(int status) { return status == 0 || status == 408 || status == 429 || status >= 500; }

void read_fault(const event::Response& response, std::string& zh, std::string& en) {
  if (auto problem = wire::json::read_problem(as_text(response.body))) {
    zh = problem->zh;
    en = problem->en;
    return;
  }
  const Word word = response.status == 0 ? Word::NetworkFailed : Word::UnknownFailure;
  zh = Words(false)(word);
  en = Words(true)(word);
}

void Outbox::restore(const event::Stored& stored) {
  for (const auto& row : stored.rows) {
    const auto plain = vault_.unlock(space, row.key, row.blob);
    auto entry = plain ? decode_outbox_entry(*plain) : std::nullopt;
    if (!entry) continue;
    entry->version = row.version;
    model_.outbox.push_back(std::move(*entry));
  }
  std::stable_sort(model_.outbox.begin(), model_.outbox.end(),
                   [](const OutboxEntry& a, const OutboxEntry& b) { return a.sealed_at < b.sealed_at; });
  pump();
  ask_all();
}

OutboxEntry* Outbox::find(const std::string& key) {
  for (OutboxEntry& entry : model_.outbox)
    if (entry.key() == key) return &entry;
  return nullptr;
}

std::vector<Error> Outbox::seal(const Draft& draft, Way way, std::function<void()> sealed) {
  auto result = usecases::seal_submission(sealed_form(draft, *model_.shelf.catalogue, model_.now), *model_.shelf.catalogue, model_.now, vault_.random(),
                                          secret_of(draft.secret));
  if (!result.sealed) return std::move(result.faults);
  const casework::Application& application = result.sealed->application;
  OutboxEntry entry;
  entry.id = application.submission_id;
  entry.item = application.item;
  entry.centre = application.received_by;
  entry.applicant = application.applicant.name;
  entry.for_other = application.agent.has_value();
  entry.body = to_bytes(wire::json::write_application(application));
  entry.secret.assign(result.sealed->secret.begin(), result.sealed->secret.end());
  entry.sealed_at = model_.now;
  entry.draft = encode_draft(draft);
  for (const auto& material : application.materials)
    for (const auto& file : material.attachments) entry.files.push_back({file.digest, file.media_type, file.size});
  make_codes(entry, application);
  entry.by_hand = way == Way::ByHand;
  if (entry.by_hand && entry.codes.empty()) return {Error(wire::carried_errors::TooLong, carry_place)};
  store(entry, [this, name = entry.key(), sealed = std::move(sealed)](bool ok) {
    OutboxEntry* stored = find(name);
    if (!stored) return;
    if (!ok) {
      // Not on the device, so not sealed: the draft is still there, and nothing was sent.
      std::erase_if(model_.outbox, [&](const OutboxEntry& one) { return one.key() == name; });
      return;
    }
    stored->state = stored->by_hand ? SendState::Carried : SendState::Waiting;
    sealed();
    pump();
  });
  model_.outbox.push_back(std::move(entry));
  return {};
}

/// Made with every application, so that what waits in vain for a network can still be carried.
void Outbox::make_codes(OutboxEntry& entry, const casework::Application& application) {
  const crypto::ListedKey* intake = intake_();
  if (!intake) return;
  auto octets = usecases::carry_submission(application, *intake, vault_.random());
  if (!octets) return;
  entry.codes = make_carried_codes(*octets);
  if (entry.codes.empty()) return;
  entry.carried = std::move(*octets);
  entry.carried_until = intake->valid_until;
}

void Outbox::store(const OutboxEntry& entry, std::function<void(bool)> then) {
  const std::string key = entry.id.hex();
  const auto stored = [this, name = entry.key(), then = std::move(then)](const event::Stored& answer) {
    if (!answer.ok) model_.toast = Toast{std::string(model_.words()(Word::StorageFull)), false, std::nullopt};
    if (OutboxEntry* kept = find(name); kept && answer.ok && !answer.rows.empty()) kept->version = answer.rows.front().version;
    then(answer.ok);
  };
  outlet_.put(space, key, vault_.lock(space, key, encode_outbox_entry(entry)), stored, entry.version);
}

void Outbox::go_by(const std::string& key, Way way) {
  OutboxEntry* entry = find(key);
  const bool by_hand = way == Way::ByHand;
  if (!entry || entry->by_hand == by_hand || (by_hand && entry->carried.empty())) return;
  if (by_hand && entry->state != SendState::Waiting && entry->state != SendState::Retry) return;
  entry->by_hand = by_hand;
  entry->retry.reset();
  entry->asked_in_vain = false;
  if (by_hand) entry->codes = make_carried_codes(entry->carried);
  // Nothing of it is sent before the device knows of its new way.
  entry->state = by_hand ? SendState::Carried : SendState::Storing;
  store(*entry, [this, key, by_hand](bool) {
    OutboxEntry* stored = find(key);
    if (!stored || by_hand || stored->by_hand) return;
    stored->state = SendState::Waiting;
    pump();
  });
}

void Outbox::show_code(const std::string& key, std::size_t index) {
  if (OutboxEntry* entry = find(key); entry && index < entry->codes.size()) entry->code_shown = index;
}

void Outbox::ask_all() {
  for (OutboxEntry& entry : model_.outbox) ask(entry.key());
}

void Outbox::ask(const std::string& key) {
  OutboxEntry* entry = find(key);
  if (!entry || entry->state != SendState::Carried || entry->asking || !model_.online) return;
  entry->asking = true;
  find_case(*entry, [](OutboxEntry& asked, const event::Response& response) { asked.asked_in_vain = response.status == 404; });
}

void Outbox::find_case(const OutboxEntry& entry, std::function<void(OutboxEntry&, const event::Response&)> otherwise) {
  outlet_.fetch({.url = "/api/v1/submissions/" + entry.id.hex(), .headers = {{"authorization", "Tongban-Case " + to_base64url(entry.secret)}}, .body = {}},
                [this, key = entry.key(), otherwise = std::move(otherwise)](const event::Response& response) {
                  OutboxEntry* asked = find(key);
                  if (!asked) return;
                  asked->asking = false;
                  const auto view = wire::json::read_case_view(as_text(response.body));
                  if (response.status != 200 || !view || view->submission_id != asked->id) return otherwise(*asked, response);
                  Bytes receipt;
                  for (const auto& one : view->receipts)
                    if (one.kind == casework::ReceiptKind::Stored) receipt = one.bytes;
                  if (received_) received_(*asked, *view, std::move(receipt), response.body);
                });
}

void Outbox::retry(const std::string& key) {
  OutboxEntry* entry = find(key);
  if (!entry || (entry->state != SendState::Retry && entry->state != SendState::Waiting)) return;
  entry->state = SendState::Waiting;
  entry->retry.at.reset();
  pump();
}

std::optional<Draft> Outbox::revise(const std::string& key) {
  OutboxEntry* entry = find(key);
  if (!entry || (entry->state != SendState::Refused && entry->state != SendState::Carried)) return std::nullopt;
  auto draft = decode_draft(entry->draft);
  if (!draft) return draft;
  if (!entry->carried.empty()) draft->secret = entry->secret;
  take_off(*entry);
  return draft;
}

void Outbox::wake() {
  for (OutboxEntry& entry : model_.outbox) {
    if (entry.state != SendState::Retry) continue;
    entry.state = SendState::Waiting;
    entry.retry.reset();
  }
  pump();
  ask_all();
}

void Outbox::tick() {
  for (OutboxEntry& entry : model_.outbox)
    if (entry.retry.due(model_.now)) retry(entry.key());
}

std::optional<Instant> Outbox::next_deadline() const {
  std::optional<Instant> next;
  if (!model_.online) return next;
  for (const OutboxEntry& entry : model_.outbox)
    if (entry.retry.at && (!next || *entry.retry.at < *next)) next = entry.retry.at;
  return next;
}

void Outbox::pump() {
  if (!model_.online) return;
  for (const OutboxEntry& entry : model_.outbox)
    if (entry.state == SendState::Files || entry.state == SendState::Sending) return;
  for (OutboxEntry& entry : model_.outbox)
    if (entry.state == SendState::Waiting) return send(entry);
}

void Outbox::send(OutboxEntry& entry) {
  entry.retry.at.reset();
  entry.files_done < entry.files.size() ? send_file(entry) : send_body(entry);
}

void Outbox::send_file(OutboxEntry& entry) {
  entry.state = SendState::Files;
  const Photo photo = entry.files[entry.files_done];
  photos_.read(photo, [this, key = entry.key(), photo](Bytes bytes) {
    OutboxEntry* sending = find(key);
    if (!sending) return;
    if (bytes.empty()) {
      sending->state = SendState::Refused;
      sending->fault_zh = Words(false)(Word::PhotoBroken);
      sending->fault_en = Words(true)(Word::PhotoBroken);
      return pump();
    }
    sender_.send(photo, std::move(bytes), [this, key](const event::Response& response) {
      OutboxEntry* sent = find(key);
      if (!sent) return;
      if (is_passing(response.status)) return later(*sent);
      if (response.status / 100 != 2) return refuse(*sent, response);
      ++sent->files_done;
      send(*sent);
    });
  });
}

void Outbox::send_body(OutboxEntry& entry) {
  entry.state = SendState::Sending;
  outlet_.fetch({.method = "POST", .url = "/api/v1/submissions", .headers = {{"content-type", "application/json"}}, .body = entry.body},
                [this, key = entry.key()](const event::Response& response) { answered(key, response); });
}

void Outbox::answered(const std::string& key, const event::Response& response) {
  OutboxEntry* entry = find(key);
  if (!entry) return;
  if (is_passing(response.status)) return later(*entry);
  // The centre has this application with other content: a window has filed its codes, corrected or without the photos. So
  // it is a case, and here is where it is found.
  if (response.status == 409 && wire::json::read_problem(as_text(response.body))) {
    return find_case(*entry, [this, response](OutboxEntry& sent, const event::Response& found) { is_passing(found.status) ? later(sent) : refuse(sent, response); });
  }
  if (response.status / 100 != 2) return refuse(*entry, response);
  auto answer = wire::json::read_submission_answer(as_text(response.body));
  // A 2xx without a receipt is no receipt: the same bytes go again.
  if (!answer || answer->receipt.empty() || answer->view.submission_id != entry->id) return later(*entry);
  if (received_) received_(*entry, answer->view, std::move(answer->receipt), to_bytes(wire::json::write_case_view(answer->view)));
}

void Outbox::settle(const std::string& key) {
  OutboxEntry* entry = find(key);
  if (!entry) return;
  const std::vector<Photo> files = entry->files;
  take_off(*entry);
  photos_.drop(files);
  pump();
}

void Outbox::take_off(const OutboxEntry& entry) {
  outlet_.remove(space, entry.id.hex());
  std::erase_if(model_.outbox, [key = entry.key()](const OutboxEntry& one) { return one.key() == key; });
}

void Outbox::later(OutboxEntry& entry) {
  entry.state = model_.online ? SendState::Retry : SendState::Waiting;
  entry.retry.later(model_.now, vault_.random());
  pump();
}

void Outbox::refuse(OutboxEntry& entry, const event::Response& response) {
  entry.state = SendState::Refused;
  read_fault(response, entry.fault_zh, entry.fault_en);
  outlet_.emit(effect::Announce{model_.settings.english() ? entry.fault_en : entry.fault_zh, true});
  pump();
}

}  // namespace tongban::app
