// The window's and the reviewer's desk: all of it lives as long as the tab; nothing is stored on the device.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assets/words/words.h"
#include "client/app/draft.h"
#include "shared/casework/view.h"
#include "shared/catalogue/search.h"
#include "shared/wire/carried.h"

namespace tongban::app {

enum class SignIn : std::uint8_t { Unknown, Out, Trying, In };

/// Which dialog or form of the case sheet is open.
enum class StaffForm : std::uint8_t { None, Return, Transfer, NotOurs, Decide };

/// The case on the desk, with what is being decided about it.
struct StaffCase {
  CaseNumber number;
  bool loading = true, gone = false;
  std::optional<casework::CaseView> view;
  std::map<std::string, casework::MaterialVerdict> verdicts;  ///< as marked here, not sent yet
  std::string shown;       ///< digest of the attachment on view
  struct Unseen {
    std::string zh, en;
  };
  std::map<std::string, Unseen> unseen;  ///< by address: why an attachment can't be shown
  std::string address_of(const casework::Attachment& file) const { return "/api/v1/staff/cases/" + number.text() + "/materials/" + to_hex(file.digest); }
  StaffForm form = StaffForm::None;
  std::string due;         ///< "2026-11-30"
  std::string district;    ///< of the centre chosen by hand
  CentreId to;
  std::string reason, text;
  std::string outside_body;  ///< who reviews outside (outside_review)
  std::optional<casework::Outcome> outcome;
  bool here = false;       ///< unpublished mode: handled here
  bool mode_chosen = false;
  bool working = false;
  bool reminded = false;
  std::string fault_zh, fault_en;
};

/// What somebody has carried to the window, while its codes are scanned.
struct Carrying {
  std::string typed;
  wire::CodeSet codes;
  bool working = false;      ///< the node opens it
  bool looking = false;      ///< for codes in a picture
  std::string fault_zh, fault_en;
  CaseNumber number;         ///< the case that it is already
  CentreId centre;           ///< that has that
};

/// An application written at the window for somebody who prepared nothing, or carried there in codes.
struct WalkIn {
  Draft draft;
  bool carried = false;    ///< filled in from codes: the resident has the secret
  CentreId chosen;         ///< by the resident, before it was carried to this window
  bool working = false;
  std::string fault_zh, fault_en;
  CaseNumber number;       ///< once it is created
  Bytes secret, receipt;
};

/// "还差第 2、3 张，共 3 张"
std::string still_missing(const wire::CodeSet& codes, Words say);

struct StaffDesk {
  SignIn state = SignIn::Unknown;
  std::string account, password;
  std::string fault_zh, fault_en;
  casework::StaffSession session;
  bool loading = false;
  std::vector<casework::WorkRow> rows;
  std::optional<casework::Workload> workload;   ///< in place of rows, for those who see counts only
  Instant fetched;
  std::string search;
  std::vector<catalogue::Hit> found;  ///< items for a walk-in
  std::optional<StaffCase> open;
  std::optional<Carrying> carried;
  std::optional<WalkIn> walk_in;
};

}  // namespace tongban::app
