#include "client/app/outbox.h"

#include <algorithm>

#include "shared/usecases/seal_submission.h"
#include "shared/wire/json/application.h"
#include "shared/wire/json/case_view.h"
#include "shared/wire/json/problem.h"

namespace tongban::app {
namespace {

constexpr const char* space = "outbox";

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
}

OutboxEntry* Outbox::find(const std::string& key) {
  for (OutboxEntry& entry : model_.outbox)
    if (entry.key() == key) return &entry;
  return nullptr;
}

std::vector<Error> Outbox::seal(const Draft& draft, std::function<void()> sealed) {
  auto result = usecases::seal_submission(sealed_form(draft, *model_.shelf.catalogue, model_.now), *model_.shelf.catalogue, model_.now, vault_.random());
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
  const std::string key = entry.id.hex();
  outlet_.put(space, key, vault_.lock(space, key, encode_outbox_entry(entry)),
              [this, name = entry.key(), sealed = std::move(sealed)](const event::Stored& answer) {
                OutboxEntry* stored = find(name);
                if (!stored) return;
                if (!answer.ok) {
                  // Not on the device, so not sealed: the draft is still there, and nothing was sent.
                  std::erase_if(model_.outbox, [&](const OutboxEntry& one) { return one.key() == name; });
                  model_.toast = Toast{std::string(model_.words()(Word::StorageFull)), false, std::nullopt};
                  return;
                }
                stored->state = SendState::Waiting;
                sealed();
                pump();
              });
  model_.outbox.push_back(std::move(entry));
  return {};
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
  if (!entry || entry->state != SendState::Refused) return std::nullopt;
  auto draft = decode_draft(entry->draft);
  if (draft) settle(key);
  return draft;
}

void Outbox::wake() {
  for (OutboxEntry& entry : model_.outbox) {
    if (entry.state != SendState::Retry) continue;
    entry.state = SendState::Waiting;
    entry.retry.reset();
  }
  pump();
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
  const bool refused = entry->state == SendState::Refused;
  outlet_.remove(space, entry->id.hex());
  std::erase_if(model_.outbox, [&](const OutboxEntry& one) { return one.key() == key; });
  if (!refused) photos_.drop(files);
  pump();
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
