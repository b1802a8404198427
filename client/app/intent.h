// What a person means by what they did. Views name it; App carries it out.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "client/app/model.h"
#include "shared/base/bytes.h"

namespace tongban::app {

namespace intent {

// ---- getting about
struct Go { Route route; bool replace = false; };
struct Back {};
struct DismissToast {};
struct Undo {};
struct Ask { Question question; std::string about = {}; };
struct Answer { bool yes = false; };
struct QuestionText { std::string text; };

// ---- the look
struct SetTypeSize { TypeSize value; };
struct SetTheme { Theme value; };
struct SetLanguage { Language value; };
struct ReadAloud { bool on; };

// ---- finding
struct Type { std::string text; };           ///< into the search field; searched as typed
struct Search {};                            ///< pressed, or Enter
struct FilterItems { ItemFilter filter; };
struct FilterCentres { CentreFilter filter; };
struct PreferCentre { CentreId centre; };
struct RetryCatalogue {};
struct SwitchBuild {};

// ---- a guide
struct AnswerGuide { ItemId item; std::string question, answer; };
struct TickGuide { ItemId item; std::string material; bool ticked; };
struct PrintPage { PrintJob job; };
/// What would be printed, as a picture to keep.
struct KeepPicture { PrintJob job; std::string name; };
/// `path`: of our own origin.
struct Share { std::string title, path; };

// ---- a draft; `draft` is its key
struct AnswerDraft { std::string draft, question, answer; };
struct SetActing { std::string draft; bool for_other; };
struct EditField { std::string draft, field, value; };
struct LeaveField { std::string draft, field; };
struct EnterNumber { std::string draft, field; };   ///< the identity number that the keypad writes into
struct Bring { std::string draft, material; bool ready; };
/// `instead_of`: the hexadecimal digest of the photo that it takes the place of, once the device holds the new one.
struct AddPhoto { std::string draft, material, name, type; Bytes bytes; PhotoLook look = {}; std::string instead_of = {}; };
struct LookAtPaper { std::string draft, material, photo = {}; };
struct RemovePhoto { std::string draft, material, digest; };
struct NextStep { std::string draft; };
struct DeleteDraft { std::string draft; };
struct ChooseWay { std::string draft; bool carry; };
struct SubmitDraft { std::string draft; bool carry = false; };
struct RetrySending { std::string outgoing; };
struct Revise { std::string outgoing; };
/// A sealed one goes in codes from now on, or online.
struct GoBy { std::string outgoing; bool carry; };
struct ShowCode { std::string outgoing; std::size_t index; };
struct AskCarried { std::string outgoing; };

// ---- cases
struct RefreshCases {};
struct LookupNumber { std::string number; };
struct LookupCode { std::string code; };
struct LookupCase {};
struct MendBring { CaseNumber number; std::string material; bool bring; };
struct MendPhoto { CaseNumber number; std::string material, name, type; Bytes bytes; PhotoLook look = {}; std::string instead_of = {}; };
struct MendRemove { CaseNumber number; std::string material, digest; };
struct SendMending { CaseNumber number; };

// ---- the device
struct EraseEverything {};

// ---- staff
struct StaffAccount { std::string value; };
struct StaffPassword { std::string value; };
struct SignIn {};
struct SignOut {};
struct RefreshList {};
struct StaffSearch { std::string text; };
struct BeginWalkIn { ItemId item; };
struct ScanTyped { std::string text; };      ///< into the field that the scanner types in
struct Scanned {};                           ///< and ended with Enter
struct ScanPicture { std::string type; Bytes bytes; };
struct ScanAnew {};
struct FileWalkIn {};
struct Mark { std::string material; casework::Verdict verdict; };
struct MarkReason { std::string material, reason; };
struct ShowAttachment { std::string digest; };
struct OpenForm { StaffForm form; };
struct FormText { enum class Which { Due, Reason, Text, Body } which; std::string value; };
struct FormDistrict { std::string district; };
struct FormCentre { CentreId centre; };
struct FormOutcome { casework::Outcome outcome; };
struct ChooseMode { bool here; };
/// A verb of the work sheet, with what has to be done on the way to it (receive, check), stopping at the first fault.
struct Do { casework::Verb verb; };
/// What of the case waits for another centre is sent again at once.
struct Remind {};

}  // namespace intent

using Intent = std::variant<
    intent::Go, intent::Back, intent::DismissToast, intent::Undo, intent::Ask, intent::Answer, intent::QuestionText,
    intent::SetTypeSize, intent::SetTheme, intent::SetLanguage, intent::ReadAloud, intent::Type, intent::Search, intent::FilterItems,
    intent::FilterCentres, intent::PreferCentre, intent::RetryCatalogue, intent::SwitchBuild, intent::AnswerGuide, intent::TickGuide,
    intent::PrintPage, intent::KeepPicture, intent::Share, intent::AnswerDraft, intent::SetActing, intent::EditField,
    intent::LeaveField, intent::EnterNumber, intent::Bring, intent::AddPhoto, intent::LookAtPaper, intent::RemovePhoto, intent::NextStep, intent::DeleteDraft,
    intent::ChooseWay, intent::SubmitDraft, intent::RetrySending, intent::Revise, intent::GoBy, intent::ShowCode, intent::AskCarried, intent::RefreshCases, intent::LookupNumber,
    intent::LookupCode, intent::LookupCase, intent::MendBring, intent::MendPhoto, intent::MendRemove,
    intent::SendMending, intent::EraseEverything, intent::StaffAccount, intent::StaffPassword, intent::SignIn,
    intent::SignOut, intent::RefreshList, intent::StaffSearch, intent::BeginWalkIn, intent::ScanTyped, intent::Scanned, intent::ScanPicture, intent::ScanAnew, intent::FileWalkIn, intent::Mark,
    intent::MarkReason, intent::ShowAttachment, intent::OpenForm, intent::FormText, intent::FormDistrict,
    intent::FormCentre, intent::FormOutcome, intent::ChooseMode, intent::Do, intent::Remind>;
using Intents = std::vector<Intent>;

}  // namespace tongban::app
