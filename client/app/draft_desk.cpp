#include "client/app/draft_desk.h"

#include <algorithm>
#include <utility>

#include "shared/casework/application_check.h"
#include "shared/casework/identity.h"
#include "shared/casework/mobile.h"
#include "shared/ports/random.h"

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

constexpr const char* space = "draft";
constexpr const char* copy_mark = "~copy";
constexpr auto quiet = 400ms;   // after the last key
constexpr auto longest = 900ms; // after the first unsaved key: what is on the screen is on the device within a second
constexpr auto after_failure = 5s;

std::string record_key(const Draft& draft) { return draft.application.submission_id.hex(); }

}  // namespace

void DraftDesk::restore(const event::Stored& stored) {
  for (const auto& row : stored.rows) {
    // What another tab overwrote is kept by the store as a copy of the record: it becomes a draft of its own.
    const std::string key = row.key.substr(0, row.key.find(copy_mark));
    const bool copy = key.size() != row.key.size();
    const auto plain = vault_.unlock(space, key, row.blob);
    auto draft = plain ? decode_draft(*plain) : std::nullopt;
    if (!draft) continue;
    draft->version = row.version;
    if (copy) {
      draft->application.submission_id = ports::fresh<SubmissionId>(vault_.random());
      draft->version = 0;
      outlet_.remove(space, row.key);
    }
    if (find(draft->key())) continue;
    model_.drafts.push_back(std::move(*draft));
    if (copy) save_now(model_.drafts.back());
  }
  std::stable_sort(model_.drafts.begin(), model_.drafts.end(), [](const Draft& a, const Draft& b) { return a.changed > b.changed; });
}

Draft* DraftDesk::find(const std::string& key) {
  for (Draft& draft : model_.drafts)
    if (draft.key() == key) return &draft;
  return nullptr;
}

Draft DraftDesk::unkept(const ItemId& item) {
  Draft draft;
  draft.application.submission_id = ports::fresh<SubmissionId>(vault_.random());
  draft.application.item = item;
  draft.begun = draft.changed = model_.now;
  return draft;
}

Draft& DraftDesk::begin(const ItemId& item) {
  Draft draft = unkept(item);
  draft.application.received_by = model_.settings.centre;
  if (const GuideNotes* notes = model_.guide(item)) {
    draft.application.answers = notes->answers;
    for (const std::string& material : notes->ticked) draft.paper_for(material).bring = true;
  }
  const catalogue::Item* known = model_.shelf.catalogue ? model_.shelf.catalogue->find(item) : nullptr;
  if (known) answer(draft, known, {}, {});
  draft.untouched = true;
  model_.drafts.insert(model_.drafts.begin(), std::move(draft));
  return model_.drafts.front();
}

void DraftDesk::drop_untouched(const Draft* but) {
  std::erase_if(model_.drafts, [&](const Draft& draft) { return draft.untouched && &draft != but; });
}

void DraftDesk::answer(Draft& draft, const catalogue::Item* item, const std::string& question, const std::string& given) {
  auto& answers = draft.application.answers;
  if (!question.empty()) answers[question] = given;
  // Whoever answers that somebody else comes must be able to say who: the form asks for them.
  const auto who = answers.find("who");
  if (who != answers.end() && item) {
    const bool other = who->second != "self";
    if (other != draft.for_other()) act_for(draft, other);
  }
}

void DraftDesk::act_for(Draft& draft, bool other) {
  if (other && !draft.application.agent) draft.application.agent.emplace();
  if (!other) draft.application.agent.reset();
}

void DraftDesk::edit(Draft& draft, const std::string& field, const std::string& value) {
  casework::Application& form = draft.application;
  const auto agent = [&]() -> casework::Agent& { return form.agent ? *form.agent : form.agent.emplace(); };
  if (field == fields::name) form.applicant.name = value;
  else if (field == fields::identity) form.applicant.identity_number = casework::plain_identity(value);
  else if (field == fields::mobile) form.applicant.mobile = value;
  else if (field == fields::agent_name) agent().name = value;
  else if (field == fields::agent_identity) agent().identity_number = casework::plain_identity(value);
  else if (field == fields::agent_mobile) agent().mobile = value;
  else if (field == fields::relation) agent().relation = value;
  else if (field == fields::registration) form.registration = TownshipCode(value);
  else if (field == fields::residence) form.residence = TownshipCode(value);
  else if (field == fields::address) form.address = value;
  else if (field == fields::statement) form.statement = value;
  else if (field == fields::centre) form.received_by = CentreId(value);
  else if (field == fields::centre_district) draft.centre_district = value;
  else if (field == fields::registration_district || field == fields::residence_district) {
    const bool registration = field == fields::registration_district;
    std::string& district = registration ? draft.registration_district : draft.residence_district;
    if (district != value) (registration ? form.registration : form.residence) = {};
    district = value;
  }
}

void DraftDesk::apply(const intent::AnswerDraft& intent) {
  Draft* draft = find(intent.draft);
  if (!draft) return;
  answer(*draft, model_.item(), intent.question, intent.answer);
  touch(*draft);
}

void DraftDesk::apply(const intent::ChooseWay& intent) {
  if (Draft* draft = find(intent.draft)) draft->carries = intent.carry;
}

void DraftDesk::apply(const intent::SetActing& intent) {
  if (Draft* draft = find(intent.draft)) {
    act_for(*draft, intent.for_other);
    touch(*draft);
  }
}

void DraftDesk::apply(const intent::EditField& intent) {
  if (Draft* draft = find(intent.draft)) {
    edit(*draft, intent.field, intent.value);
    touch(*draft);
  }
}

void DraftDesk::apply(const intent::LeaveField& intent) {
  if (Draft* draft = find(intent.draft)) draft->left.insert(intent.field);
}

void DraftDesk::apply(const intent::EnterNumber& intent) {
  if (Draft* draft = find(intent.draft)) draft->keypad = intent.field;
}

void DraftDesk::apply(const intent::Bring& intent) {
  if (Draft* draft = find(intent.draft)) {
    draft->paper_for(intent.material).bring = intent.ready;
    touch(*draft);
  }
}

void DraftDesk::apply(const intent::AddPhoto& intent) {
  Draft* draft = find(intent.draft);
  if (!draft) return;
  const Words say = model_.words();
  const auto refuse = [&](std::string why) {
    draft->photo_fault = std::move(why);
    draft->photo_fault_at = intent.material;
    outlet_.emit(effect::Announce{draft->photo_fault, true});
  };
  const auto checked = PhotoBox::check(intent.bytes);
  if (checked.fault == Word::PhotoTooLarge) return refuse(say(Word::PhotoTooLarge, {{"limit", say(Word::SizeMegabytes, "n", casework::largest_file >> 20)}}));
  if (checked.fault) return refuse(std::string(say(*checked.fault)));
  Paper& paper = draft->paper_for(intent.material);
  if (paper.photos.size() >= casework::most_files && intent.instead_of.empty()) return refuse(say(Word::PhotoTooMany, "n", static_cast<long long>(casework::most_files)));
  const Photo photo = PhotoBox::photo_of(intent.bytes, checked.media_type, intent.look);
  if (holds(paper, photo.digest)) return refuse(std::string(say(Word::PhotoTwice)));
  draft->photo_fault.clear();
  draft->looked_at = intent.material;
  if (intent.instead_of.empty()) add(*draft, intent, photo);
  else retake(intent, photo);
}

void DraftDesk::add(Draft& draft, const intent::AddPhoto& intent, const Photo& photo) {
  draft.paper_for(intent.material).photos.push_back(photo);
  draft.looked_photo.clear();
  photos_.keep(photo, intent.bytes, [this, key = intent.draft, material = intent.material, photo](bool ok) {
    Draft* where = find(key);
    if (!where || ok) return;
    // The device could not keep it: then it isn't there, and the screen must not say that it is.
    std::erase_if(where->paper_for(material).photos, [&](const Photo& other) { return other.digest == photo.digest; });
    no_room(*where, material);
    touch(*where);
  });
  touch(draft);
  save_now(draft);
}

void DraftDesk::retake(const intent::AddPhoto& intent, const Photo& photo) {
  // The old one stays until the device holds the new one: a full device, or a tab that ends here, must not cost both.
  photos_.keep(photo, intent.bytes, [this, key = intent.draft, material = intent.material, old = intent.instead_of, photo](bool ok) {
    Draft* draft = find(key);
    if (ok) return put_in_place(draft, material, old, photo);
    if (draft) no_room(*draft, material);
  });
}

void DraftDesk::put_in_place(Draft* draft, const std::string& material, const std::string& old, const Photo& photo) {
  if (!draft) return photos_.drop({photo});   // sealed or deleted meanwhile
  const auto before = put_instead(draft->paper_for(material), old, photo);
  if (!before) return photos_.drop({photo});
  if (draft->looked_at == material) draft->looked_photo = photo.hex();
  removal_.offer(Word::PhotoReplaced, before->photo, [this, key = draft->key(), material, before = *before, photo] {
    change_back(key, material, before, photo);
  });
  touch(*draft);
  save_now(*draft);
}

void DraftDesk::change_back(const std::string& key, const std::string& material, const TakenOut& before, const Photo& after) {
  Draft* draft = find(key);
  if (!draft) return;
  Paper& paper = draft->paper_for(material);
  take_out(paper, after.hex());
  lay_back(paper, before);
  if (draft->looked_at == material) draft->looked_photo = before.photo.hex();
  photos_.drop({after});
  touch(*draft);
}

void DraftDesk::no_room(Draft& draft, const std::string& material) {
  draft.photo_fault = model_.words()(Word::StorageFull);
  draft.photo_fault_at = material;
}

void DraftDesk::apply(const intent::LookAtPaper& intent) {
  Draft* draft = find(intent.draft);
  if (!draft) return;
  draft->looked_at = intent.material;
  draft->looked_photo = intent.photo;
}

void DraftDesk::apply(const intent::RemovePhoto& intent) {
  Draft* draft = find(intent.draft);
  if (!draft) return;
  const auto taken = take_out(draft->paper_for(intent.material), intent.digest);
  if (!taken) return;
  removal_.offer(Word::PhotoRemoved, taken->photo, [this, key = intent.draft, material = intent.material, taken = *taken] {
    Draft* where = find(key);
    if (!where) return;
    lay_back(where->paper_for(material), taken);
    if (where->looked_at == material) where->looked_photo = taken.photo.hex();
    touch(*where);
  });
  touch(*draft);
}

std::vector<Error> DraftDesk::check(Draft& draft, Step step) {
  const catalogue::Catalogue& catalogue = *model_.shelf.catalogue;
  const catalogue::Item* item = catalogue.find(draft.application.item);
  std::vector<Error> faults;
  if (step == Step::Situation && item) {
    for (const auto* question : catalogue::needed_materials(*item, draft.application.answers).unanswered)
      faults.push_back(Error(catalogue::situation_errors::Unanswered, question->key));
  } else if (step == Step::Form) {
    faults = form_faults(draft, catalogue, model_.now);
  } else if (step == Step::Review) {
    faults = all_faults(draft, catalogue, model_.now);
  }
  for (const Error& fault : faults) draft.left.insert(fault.where);
  return faults;
}

void DraftDesk::apply(const intent::NextStep& intent) {
  Draft* draft = find(intent.draft);
  if (!draft || !model_.shelf.catalogue || model_.route.step == Step::Submit) return;
  const auto faults = check(*draft, model_.route.step);
  if (!faults.empty()) {
    outlet_.emit(effect::Announce{model_.words()(Word::AnnounceErrors, "n", static_cast<long long>(faults.size())), true});
    outlet_.emit(effect::Focus{faults.front().where});
    return;
  }
  const Step next = static_cast<Step>(static_cast<int>(model_.route.step) + 1);
  draft->step = std::max(draft->step, next);
  touch(*draft);
  save_now(*draft);
  outlet_.emit(effect::GoTo{to_path(prepare(draft->application.item.text(), next, draft->key()))});
}

void DraftDesk::remove(const std::string& key) {
  const auto found = std::find_if(model_.drafts.begin(), model_.drafts.end(), [&](const Draft& draft) { return draft.key() == key; });
  if (found == model_.drafts.end()) return;
  std::vector<Photo> photos;
  for (const Paper& paper : found->papers) photos.insert(photos.end(), paper.photos.begin(), paper.photos.end());
  release(key);
  photos_.drop(photos);
}

void DraftDesk::release(const std::string& key) {
  const auto found = std::find_if(model_.drafts.begin(), model_.drafts.end(), [&](const Draft& draft) { return draft.key() == key; });
  if (found == model_.drafts.end()) return;
  outlet_.remove(space, record_key(*found));
  saving_.erase(key);
  model_.drafts.erase(found);
}

void DraftDesk::put_back(Draft draft) {
  model_.drafts.insert(model_.drafts.begin(), std::move(draft));
  model_.drafts.front().version = 0;
  touch(model_.drafts.front());
  save_now(model_.drafts.front());
}

DraftDesk::Adopted DraftDesk::adopt(Draft draft, bool known) {
  const bool copy = known || find(draft.key());
  if (copy) draft.application.submission_id = ports::fresh<SubmissionId>(vault_.random());
  put_back(std::move(draft));
  return copy ? Adopted::Copy : Adopted::New;
}

void DraftDesk::touch(Draft& draft) {
  draft.untouched = false;
  ++draft.edits;
  draft.changed = model_.now;
  draft.save = SaveState::Saving;
  Saving& saving = saving_[draft.key()];
  if (!saving.due) saving.since = model_.now;
  saving.due = std::min(model_.now + quiet, saving.since + longest);
}

void DraftDesk::save_now(Draft& draft) {
  Saving& saving = saving_[draft.key()];
  if (saving.in_flight) return;  // the answer brings the rest on its way
  saving.due.reset();
  saving.in_flight = true;
  const std::string key = record_key(draft);
  outlet_.put(space, key, vault_.lock(space, key, encode_draft(draft)),
              [this, name = draft.key(), edits = draft.edits](const event::Stored& answer) { stored(name, edits, answer); }, draft.version);
}

void DraftDesk::stored(const std::string& key, std::uint64_t edits, const event::Stored& answer) {
  Draft* draft = find(key);
  if (!draft) return;  // sealed or deleted meanwhile
  Saving& saving = saving_[key];
  saving.in_flight = false;
  if (!answer.ok) {
    draft->save = SaveState::Failed;
    saving.due = model_.now + after_failure;
    return;
  }
  draft->version = answer.rows.empty() ? draft->version + 1 : answer.rows.front().version;
  draft->saved_edits = edits;
  if (answer.conflict) model_.toast = Toast{std::string(model_.words()(Word::DraftConflict)), false, model_.now + Toast::shown};
  if (draft->edits == edits) {
    draft->save = SaveState::Saved;
    draft->saved_at = model_.now;
  } else if (!saving.due) {
    saving.due = model_.now + quiet;
  }
}

void DraftDesk::tick() {
  for (Draft& draft : model_.drafts) {
    const auto found = saving_.find(draft.key());
    if (found != saving_.end() && found->second.due && *found->second.due <= model_.now) save_now(draft);
  }
}

std::optional<Instant> DraftDesk::next_deadline() const {
  std::optional<Instant> next;
  for (const auto& [key, saving] : saving_)
    if (saving.due && !saving.in_flight && (!next || *saving.due < *next)) next = saving.due;
  return next;
}

}  // namespace tongban::app
