#include "client/app/app.h"

#include <algorithm>
#include <utility>

#include "client/app/case_book.h"
#include "client/app/catalogue_keeper.h"
#include "client/app/draft_desk.h"
#include "client/app/finding.h"
#include "client/app/guide_desk.h"
#include "client/app/line_watch.h"
#include "client/app/outbox.h"
#include "client/app/photo_box.h"
#include "client/app/session_watch.h"
#include "client/app/staff_desk.h"
#include "client/app/turns.h"
#include "shared/base/octets.h"

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t look_format = 1;
constexpr auto stale_after = 30s;   // a case is asked about again when its page opens

/// Nobody is to be interrupted there.
constexpr bool holds_form(Page page) { return page == Page::Prepare || page == Page::Case || page == Page::StaffWalkIn || page == Page::StaffCase; }

}  // namespace

struct App::Parts {
  explicit Parts(ports::Random& random) : vault(random) {
    keeper.on_change([this] {
      book.verify(keeper.keys());
      find(model, keeper);
      follow_draft();
    });
    outbox.on_received([this](const OutboxEntry& sent, const casework::CaseView& view, Bytes receipt, Bytes told) {
      const bool watched = model.outgoing() == &sent;
      const std::string name = sent.key();
      book.keep(sent, view, std::move(receipt), std::move(told), [this, name] { outbox.settle(name); });
      say(Word::StateDone);
      if (watched) go(with_id(Page::Case, view.number.text()), true);
    });
  }

  Model model;
  Outlet outlet;
  Vault vault;
  CatalogueKeeper keeper{model, outlet};
  PhotoBox photos{model, outlet, vault};
  LastRemoval removal{model, photos};
  DraftDesk drafts{model, outlet, vault, photos, removal};
  Outbox outbox{model, outlet, vault, photos};
  CaseBook book{model, outlet, vault, photos, removal};
  GuideDesk guides{model, outlet, vault};
  LineWatch line{model, outlet};
  SessionWatch watch{model};
  StaffDeskKeeper staff{model, outlet, vault, photos, drafts, keeper};
  std::optional<Instant> deadline;
  int restoring = 0;
  bool form_open = false;
  std::string said_toast;      ///< what was announced last of what comes and goes by itself
  bool said_connected = true;

  // ---- events
  void on(const event::Start& start);
  void on(const event::RouteChanged& changed) {
    watch.touch();
    line.look();
    arrive(parse_route(changed.path));
  }
  void on(const event::Online& online) {
    if (line.browser_says(online.value)) reconnected();
  }
  void on(const event::Tick&) {}
  void on(const event::Response& response) {
    outlet.answer(response);
    if (line.heard(response.status)) reconnected();
  }
  void on(const event::Stored& stored) { outlet.answer(stored); }
  void on(const event::ImageWanted& wanted) { photos.show(wanted.name); }
  void on(const event::ImageFailed& failed) { staff.explain(failed.path); }
  void on(const event::Voice& voice) { model.voice = voice; }
  void on(const event::StorageKind& kind) { model.storage = kind.value; }
  void on(const event::StorageUse& use) { model.storage_use = use; }
  void on(const event::NewBuild&) {
    model.new_build = true;
    model.offers_build = model.route.page != Page::Settings && !holds_form(model.route.page);   // the settings have it anyway
    if (model.offers_build) say(Word::NewBuild);
  }

  // ---- intents that concern more than one part
  void on(const intent::Go& go_to) { go(go_to.route, go_to.replace); }
  void on(const intent::Back&) { outlet.emit(effect::Back{}); }
  void on(const intent::DismissToast&) { model.toast.reset(); }
  void on(const intent::Undo&) {
    removal.undo();
    model.toast.reset();
  }
  void on(const intent::Ask& ask) {
    model.question = ask.question;
    model.question_about = ask.about;
    model.question_text.clear();
  }
  void on(const intent::Answer& answer);
  void on(const intent::QuestionText& text) { model.question_text = text.text; }
  void on(const intent::SetTypeSize& set) { model.settings.type_size = set.value; look(); }
  void on(const intent::SetTheme& set) { model.settings.theme = set.value; look(); }
  void on(const intent::SetLanguage& set) { model.settings.language = set.value; look(); find(model, keeper); }
  void on(const intent::ReadAloud& read) { outlet.emit(effect::ReadAloud{read.on}); }
  void on(const intent::Type& type);
  void on(const intent::Search&);
  void on(const intent::FilterItems& filter) { go(items(filter.filter), true); }
  void on(const intent::FilterCentres& filter) {
    Route route = lists_centres(model.route.page) ? model.route : plain(Page::Centres);
    route.centres = filter.filter;
    go(route, true);
  }
  void on(const intent::PreferCentre& prefer) { model.settings.centre = prefer.centre; look(); }
  void on(const intent::SwitchBuild&) { outlet.emit(effect::SwitchBuild{}); }
  void on(const intent::RetryCatalogue&) { keeper.refresh(); }
  void on(const intent::PrintPage& print) {
    model.print = print.job;
    outlet.emit(effect::Print{});
  }
  void on(const intent::KeepPicture& keep) {
    if (!model.may_keep()) return;
    model.print = keep.job;
    outlet.emit(effect::PictureOfPrint{keep.name});
  }
  void on(const intent::Share& share) {
    if (model.may_keep()) outlet.emit(effect::Share{share.title, model.origin + share.path});
  }
  void on(const intent::SubmitDraft& submit);
  void on(const intent::RetrySending& retry) { outbox.retry(retry.outgoing); }
  void on(const intent::ReviseRefused& revise);
  void on(const intent::DeleteDraft& remove) { delete_draft(remove.draft); }
  void on(const intent::RefreshCases&) { book.refresh_all(); }
  void on(const intent::EraseEverything&) { erase(true); }

  // A form at the window is edited by the same intents as a draft at home.
  void on(const intent::AnswerDraft& edit) {
    if (Draft* form = staff.walk_in_draft(edit.draft)) DraftDesk::answer(*form, model.item(), edit.question, edit.answer);
    else drafts.apply(edit);
  }
  void on(const intent::SetActing& edit) {
    if (Draft* form = staff.walk_in_draft(edit.draft)) DraftDesk::act_for(*form, edit.for_other);
    else drafts.apply(edit);
  }
  void on(const intent::EditField& edit) {
    if (Draft* form = staff.walk_in_draft(edit.draft)) DraftDesk::edit(*form, edit.field, edit.value);
    else drafts.apply(edit);
  }
  void on(const intent::LeaveField& left) {
    if (Draft* form = staff.walk_in_draft(left.draft)) form->left.insert(left.field);
    else drafts.apply(left);
  }
  void on(const intent::Bring& bring) {
    if (Draft* form = staff.walk_in_draft(bring.draft)) form->paper_for(bring.material).bring = bring.ready;
    else drafts.apply(bring);
  }

  template <typename Intent>
  void on(const Intent& wanted) {
    if constexpr (requires { drafts.apply(wanted); }) drafts.apply(wanted);
    else if constexpr (requires { book.apply(wanted); }) book.apply(wanted);
    else if constexpr (requires { guides.apply(wanted); }) guides.apply(wanted);
    else staff.apply(wanted);
  }

  // ---- shared moves
  void go(const Route& route, bool replace);
  void arrive(Route route);
  void follow_parts();
  void follow_draft();
  void take_notes();
  void take_ticket();
  void reconnected();
  static void find(Model& on, CatalogueKeeper& keeper);
  void restore();
  void restored();
  void look();
  void say(Word word);
  void delete_draft(const std::string& key);
  void erase(bool everywhere);
  void make_public(bool value);
  void tell_changes();
  Effects finish();
};

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

void App::Parts::on(const intent::SubmitDraft& submit) {
  Draft* draft = drafts.find(submit.draft);
  if (!draft || !model.shelf.catalogue) return;
  // Everything is checked once more: an item may have ended while the draft lay on the device.
  auto faults = all_faults(*draft, *model.shelf.catalogue, model.now);
  if (faults.empty()) faults = outbox.seal(*draft, [this, key = submit.draft] { drafts.release(key); });
  if (faults.empty()) return;
  for (const Error& fault : faults) draft->left.insert(fault.where);
  outlet.emit(effect::Announce{model.settings.english() ? faults.front().en() : faults.front().zh(), true});
  go(prepare(draft->application.item.text(), Step::Review, draft->key()), false);
}

void App::Parts::on(const intent::ReviseRefused& revise) {
  auto draft = outbox.revise(revise.outgoing);
  if (!draft) return;
  const Route route = prepare(draft->application.item.text(), Step::Review, draft->key());
  drafts.put_back(std::move(*draft));
  go(route, true);
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
  model.typed = lists_centres(model.route.page) ? model.route.centres.query : model.route.items.query;
  find(model, keeper);
  follow_draft();
  for (CaseEntry& entry : model.cases)
    if ((model.route.page == Page::Cases || model.case_entry() == &entry) && model.now - entry.fetched > stale_after) book.refresh(entry.number);
  if (moved && is_staff(model.route.page)) staff.enter();
  if (model.route.page == Page::Settings && !model.public_browser) outlet.emit(effect::MeasureStorage{});
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

Model App::foresee(Route route) const {
  Model there = parts_->model;
  there.route = std::move(route);
  there.typed = there.route.items.query;
  Parts::find(there, parts_->keeper);
  if (there.route.page == Page::Settings) {   // told a moment after the screen is there
    if (there.storage == Storage::Unknown) there.storage = Storage::Persistent;
    if (!there.storage_use) there.storage_use.emplace();
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
