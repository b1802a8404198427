#include "client/app/app_parts.h"

#include "client/app/finding.h"
#include "client/app/turns.h"
#include "shared/base/octets.h"

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t look_format = 1;
constexpr auto stale_after = 30s;   // a case is asked about again when its page opens

}  // namespace

void App::Parts::on(const event::Start& start) {
  model.settings.language = start.language;
  model.settings.theme = start.theme;
  model.settings.type_size = start.type_size;
  model.online = start.online;
  model.storage = start.storage;
  model.public_browser = start.public_browser;
  model.origin = start.origin;
  model.can_share = start.can_share;
  vault.use(start.data_key);
  model.route = parse_route(start.path);
  outlet.emit(effect::Look{model.settings.language, model.settings.theme, model.settings.type_size});
  restore();
  keeper.start();
  if (is_staff(model.route.page)) staff.enter();
}

void App::Parts::restore() {
  const auto count = [this](auto take) {
    ++restoring;
    return [this, take](const event::Stored& stored) {
      if (!stored.rows.empty()) take(stored);
      if (--restoring == 0) restored();
    };
  };
  outlet.load("setting", count([this](const event::Stored& stored) {
    for (const auto& row : stored.rows) {
      if (row.key != "look") continue;
      Reader reader(row.blob);
      const auto format = reader.u8();
      Settings settings;
      settings.language = reader.kind(Language::English);
      settings.theme = reader.kind(Theme::HighContrast);
      settings.type_size = reader.kind(TypeSize::Largest);
      settings.centre = CentreId(reader.text());
      if (format != look_format || !reader.done()) continue;
      model.settings = settings;
      outlet.emit(effect::Look{settings.language, settings.theme, settings.type_size});
    }
  }));
  outlet.load("guide", count([this](const event::Stored& stored) { guides.restore(stored); }));
  outlet.load("draft", count([this](const event::Stored& stored) { drafts.restore(stored); }));
  outlet.load("outbox", count([this](const event::Stored& stored) { outbox.restore(stored); }));
  outlet.load("case", count([this](const event::Stored& stored) { book.restore(stored); }));
}

void App::Parts::restored() {
  model.restored = true;
  follow_draft();
  arrive(model.route);
}

void App::Parts::reconnected() {
  if (!model.shelf.updating) keeper.refresh();
  outbox.wake();
  book.wake();
  if (model.route.page == Page::Case || model.route.page == Page::Cases) book.refresh_all();
  if (is_staff(model.route.page)) staff.enter();
}

void App::Parts::on(const intent::Answer& answer) {
  const Question asked = std::exchange(model.question, Question::None);
  if (asked == Question::StillHere && !answer.yes) return watch.stay();
  if (!answer.yes) return;
  switch (asked) {
    case Question::DeleteDraft: delete_draft(model.question_about); break;
    case Question::Erase:
    case Question::StillHere: erase(true); break;
    case Question::MakePublic: make_public(true); break;
    case Question::MakePrivate: make_public(false); break;
    case Question::WithdrawCase: book.withdraw(CaseNumber(model.question_about), model.question_text); break;
    default: break;
  }
}

void App::Parts::on(const intent::Type& type) {
  Route route = model.route;
  if (lists_centres(route.page)) {
    const CentreFilter& before = route.centres;
    return on(intent::FilterCentres{{.query = type.text, .district = before.district, .open_now = before.open_now}});
  }
  route.items.query = type.text;
  go(route, true);
}

void App::Parts::on(const intent::Search&) {
  if (model.route.page == Page::Home && !model.typed.empty()) go(items({.query = model.typed}), false);
}

void App::Parts::delete_draft(const std::string& key) {
  drafts.remove(key);
  model.toast = Toast{std::string(model.words()(Word::DraftDeleted)), false, model.now + Toast::shown};
  if (model.route.page == Page::Prepare) go(plain(Page::Drafts), true);
}

void App::Parts::erase(bool everywhere) {
  outlet.store({.op = StoreOp::Erase, .space = {}, .key = {}, .blob = {}});
  vault.forget();
  model.drafts.clear();
  model.outbox.clear();
  model.cases.clear();
  model.guides.clear();
  model.session.reset();
  model.staff = {};
  outlet.emit(effect::EraseAndLeave{everywhere});
}

/// Only who is signed in as staff may say what kind of device this is.
void App::Parts::make_public(bool value) {
  if (model.staff.state != SignIn::In) return;
  staff.sign_out([this, value] { outlet.emit(effect::PublicBrowser{value}); });
}

void App::Parts::go(const Route& route, bool replace) {
  outlet.emit(effect::GoTo{to_path(route), replace});
  arrive(route);
}

void App::Parts::arrive(Route route) {
  const bool moved = route.page != model.route.page || route.id != model.route.id || route.step != model.route.step;
  model.route = std::move(route);
  take_notes();
  if (moved) {
    if (std::exchange(model.question, Question::None) == Question::StillHere) watch.stay();
    if (model.toast && model.toast->undo) removal.forget();
    model.toast.reset();
    model.offers_build = false;
    if (model.voice.reading) outlet.emit(effect::ReadAloud{false});
  }
  take_ticket();
  if (!model.route.taken.empty() && model.restored) return take_draft();   // which goes on to its page
  model.typed = lists_centres(model.route.page) ? model.route.centres.query : model.route.items.query;
  find(model, keeper);
  follow_draft();
  for (CaseEntry& entry : model.cases)
    if ((model.route.page == Page::Cases || model.case_entry() == &entry) && model.now - entry.fetched > stale_after) book.refresh(entry.number);
  if (moved && model.route.page == Page::Cases) outbox.ask_all();
  if (const OutboxEntry* outgoing = model.outgoing(); moved && outgoing) outbox.ask(outgoing->key());
  if (moved && is_staff(model.route.page)) staff.enter();
  if (model.route.page == Page::Settings && !model.public_browser) outlet.emit(effect::MeasureStorage{});
}

/// Fills the lists that the route of `on` shows.
void App::Parts::find(Model& on, CatalogueKeeper& keeper) {
  if (!on.shelf.catalogue) return;
  if (on.route.page == Page::Items) on.items = find_items(*on.shelf.catalogue, *keeper.index(), on.route.items, on.settings.reading());
  if (on.route.page == Page::Home) {
    on.items = on.typed.empty() ? ItemResults{} : find_items(*on.shelf.catalogue, *keeper.index(), {.query = on.typed}, on.settings.reading());
  }
  if (lists_centres(on.route.page)) on.centres = find_centres(*on.shelf.catalogue, *keeper.index(), on.route.centres, on.now);
}

void App::Parts::look() {
  const Settings& settings = model.settings;
  outlet.emit(effect::Look{settings.language, settings.theme, settings.type_size});
  outlet.put("setting", "look", Writer().u8(look_format).kind(settings.language).kind(settings.theme).kind(settings.type_size).text(settings.centre.text()).bytes());
}

void App::Parts::say(Word word) { outlet.emit(effect::Announce{std::string(model.words()(word)), false}); }

/// What appears by itself is also told: many screen readers don't speak what is only inserted.
void App::Parts::tell_changes() {
  const std::string toast = model.toast ? model.toast->text : std::string();
  if (toast != std::exchange(said_toast, toast) && !toast.empty()) outlet.emit(effect::Announce{toast, false});
  if (model.connected() != std::exchange(said_connected, model.connected())) say(model.connected() ? Word::OnlineAgain : Word::OfflineBar);
}

Effects App::Parts::finish() {
  follow_parts();
  const auto* intake = keeper.keys() ? keeper.keys()->intake(model.now) : nullptr;
  model.carry_until = intake ? std::optional(intake->valid_until) : std::nullopt;
  if (watch.tick()) erase(false);   // another tab may be in use
  drafts.tick();
  outbox.tick();
  book.tick();
  if (model.toast && model.toast->until && *model.toast->until <= model.now) model.toast.reset();
  tell_changes();
  std::optional<Instant> next = drafts.next_deadline();
  const auto sooner = [&next](std::optional<Instant> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  sooner(outbox.next_deadline());
  sooner(book.next_deadline());
  sooner(watch.next_deadline());
  if (model.toast) sooner(model.toast->until);
  sooner(next_turn_shown(model));
  if (next != deadline) {
    deadline = next;
    outlet.emit(effect::Deadline{next.value_or(Instant{})});
  }
  const bool form = holds_form(model.route.page);
  if (form != form_open) outlet.emit(effect::FormOpen{form_open = form});
  return outlet.take();
}

App::App(ports::Random& random) : parts_(std::make_unique<Parts>(random)) {}
App::~App() = default;

Effects App::handle(const Event& event) {
  parts_->model.now = event.now;
  std::visit([this](const auto& what) { parts_->on(what); }, event.what);
  return parts_->finish();
}

Effects App::apply(const Intents& intents, Instant now) {
  parts_->model.now = now;
  parts_->watch.touch();
  parts_->line.look();
  for (const Intent& intent : intents) {
    // An undo stays until the next action.
    if (parts_->model.toast && parts_->model.toast->undo && !std::holds_alternative<intent::Undo>(intent)) {
      parts_->removal.forget();
      parts_->model.toast.reset();
      parts_->said_toast.clear();
    }
    std::visit([this](const auto& wanted) { parts_->on(wanted); }, intent);
  }
  return parts_->finish();
}

void App::touch(Instant now) {
  parts_->model.now = now;
  if (parts_->model.session) parts_->watch.touch();
}

const Model& App::model() const { return parts_->model; }

/// Nobody knows yet which amount it will be: this one, in megabytes, is written with all ten figures.
constexpr std::uint64_t of_every_figure = 1'234'567'890ull << 20;

Model App::foresee(Route route) const {
  Model there = parts_->model;
  there.route = std::move(route);
  there.typed = there.route.items.query;
  Parts::find(there, parts_->keeper);
  if (there.route.page == Page::Settings) {   // told a moment after the screen is there
    if (there.storage == Storage::Unknown) there.storage = Storage::Persistent;
    there.storage_use.emplace().octets = of_every_figure;
  }
  const bool form = there.route.page == Page::Prepare && there.item();
  if (form && !there.draft()) there.drafts.push_back(parts_->drafts.unkept(ItemId(there.route.id)));
  return there;
}

void App::lend(catalogue::Catalogue catalogue, const catalogue::Pinyin& pinyin, Instant now) {
  parts_->model.now = now;
  parts_->model.restored = true;
  parts_->model.online = true;
  parts_->keeper.lend(std::move(catalogue), pinyin);
  parts_->outlet.take();
}

}  // namespace tongban::app
