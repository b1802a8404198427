// The window's and the reviewer's work, by requests to this node only. Nothing of it is stored on the device.
#pragma once

#include "client/app/catalogue_keeper.h"
#include "client/app/draft_desk.h"
#include "client/app/intent.h"
#include "client/app/outlet.h"

namespace tongban::app {

class StaffDeskKeeper {
 public:
  StaffDeskKeeper(Model& model, Outlet& outlet, Vault& vault, PhotoBox& photos, DraftDesk& drafts, CatalogueKeeper& keeper)
      : model_(model), outlet_(outlet), vault_(vault), photos_(photos), drafts_(drafts), keeper_(keeper) {}

  /// A staff page was opened: who is signed in, and what the page shows.
  void enter();

  void apply(const intent::StaffAccount& intent);
  void apply(const intent::StaffPassword& intent);
  void apply(const intent::SignIn& intent);
  void apply(const intent::SignOut& intent);
  void apply(const intent::RefreshList& intent);
  void apply(const intent::StaffSearch& intent);
  void apply(const intent::BeginWalkIn& intent);
  void apply(const intent::FileWalkIn& intent);
  void apply(const intent::ScanTyped& intent);
  void apply(const intent::Scanned& intent);
  void apply(const intent::ScanPicture& intent);
  void apply(const intent::ScanAnew& intent);
  /// Codes that were found in a picture.
  void take(const event::CodesRead& read);
  void apply(const intent::Mark& intent);
  void apply(const intent::MarkReason& intent);
  void apply(const intent::ShowAttachment& intent);
  void apply(const intent::OpenForm& intent);
  void apply(const intent::FormText& intent);
  void apply(const intent::FormDistrict& intent);
  void apply(const intent::FormCentre& intent);
  void apply(const intent::FormOutcome& intent);
  void apply(const intent::ChooseMode& intent);
  void apply(const intent::Do& intent);
  void apply(const intent::Remind& intent);

  /// Ends the session at the node; `then` is called when the node has answered, or could not.
  void sign_out(std::function<void()> then);
  /// Asks the node why the attachment with this address isn't to be had, for the sheet to say so.
  void explain(const std::string& path);
  /// The draft of the walk-in, when `key` names it.
  Draft* walk_in_draft(const std::string& key);

 private:
  void signed_in(const event::Response& response);
  void scan(const std::vector<std::string>& texts);
  void cannot_open(std::string_view zh, std::string_view en);
  void open_carried();
  void begin_carried(casework::Application application);
  void load_list();
  void load_workload();
  void load_case(const CaseNumber& number);
  void take_case(const event::Response& response);
  void step(casework::Verb verb, std::function<void()> then);
  /// Something that changes the case on the desk; a fault is shown there, and `then` isn't called.
  void post(const std::string& url, std::string_view body, std::function<void(const event::Response&)> then);
  std::vector<casework::Verb> way_to(casework::Verb verb) const;
  void run(std::vector<casework::Verb> steps);
  casework::EventPayload payload_for(casework::Verb verb) const;
  std::vector<std::pair<std::string, std::string>> headers() const;
  bool lost_session(const event::Response& response);

  Model& model_;
  Outlet& outlet_;
  Vault& vault_;
  PhotoBox& photos_;
  DraftDesk& drafts_;
  CatalogueKeeper& keeper_;
};

}  // namespace tongban::app
