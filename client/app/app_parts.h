// The app's parts and how they meet: what concerns one of them goes to it, what concerns several is here. Internal to app.cpp
// and moves.cpp.
#pragma once

#include "client/app/app.h"

#include <algorithm>
#include <utility>

#include "client/app/case_book.h"
#include "client/app/catalogue_keeper.h"
#include "client/app/draft_desk.h"
#include "client/app/guide_desk.h"
#include "client/app/line_watch.h"
#include "client/app/outbox.h"
#include "client/app/photo_box.h"
#include "client/app/session_watch.h"
#include "client/app/staff_desk.h"

namespace tongban::app {

/// Nobody is to be interrupted there.
constexpr bool holds_form(Page page) {
  return page == Page::Prepare || page == Page::Case || page == Page::StaffWalkIn || page == Page::StaffCarried || page == Page::StaffCase;
}

struct App::Parts {
  explicit Parts(ports::Random& random) : vault(random) {
    keeper.on_change([this] {
      book.verify(keeper.keys());
      find(model, keeper);
      follow_draft();
    });
    outbox.seal_to([this] { return keeper.keys() ? keeper.keys()->intake(model.now) : nullptr; });
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
  void on(const event::CodesRead& read) { staff.take(read); }
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
  void on(const intent::Revise& revise);
  void on(const intent::GoBy& change) { outbox.go_by(change.outgoing, change.carry ? Way::ByHand : Way::Online); }
  void on(const intent::ShowCode& show) { outbox.show_code(show.outgoing, show.index); }
  void on(const intent::AskCarried& ask) { outbox.ask(ask.outgoing); }
  void on(const intent::DeleteDraft& remove) { delete_draft(remove.draft); }
  void on(const intent::RefreshCases&) {
    book.refresh_all();
    outbox.ask_all();
  }
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
  void take_draft();
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

}  // namespace tongban::app
