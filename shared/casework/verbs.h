// Who may do what to a case, and when: the same answer for the screen that offers a verb and the step that does it.
#pragma once

#include <string_view>
#include <vector>

#include "shared/base/expected.h"
#include "shared/casework/model.h"

namespace tongban::casework {

enum class Role : std::uint8_t { Resident, Window, Reviewer, Supervisor, CityOffice };

/// Who works on cases; the others see how many there are, and whose letters wait.
constexpr bool sees_cases(Role role) { return role == Role::Resident || role == Role::Window || role == Role::Reviewer; }

enum class Verb : std::uint8_t {
  Read, Receive, Check, Return, Transfer, Accept, NotOurs, Decide, Supplement, Withdraw, Deliver, MoveOriginals, RenewAccess,
};

namespace verb_errors {
inline constexpr ErrorCode Role{"verb.role", "您的岗位不能做这一步", "Your role may not do this."};
inline constexpr ErrorCode OtherCentre{"verb.other_centre", "这个办件不归本中心", "This case is not with your centre."};
inline constexpr ErrorCode Passing{"verb.passing", "办件正在转办路上，等对方收到再办", "The case is on its way to another centre; wait until it has arrived."};
inline constexpr ErrorCode WrongState{"verb.state", "办件现在不能做这一步，请刷新看看进度", "The case does not stand where this can be done; please reload."};
inline constexpr ErrorCode Closed{"verb.closed", "办件已经办结或撤回，不能再改", "The case is decided or withdrawn and cannot be changed any more."};
inline constexpr ErrorCode NotChecked{"verb.not_checked", "材料还没有全部核对齐，请先形式审查", "Not every material has been checked and found fine yet."};
inline constexpr ErrorCode ResidentOwes{"verb.resident_owes", "正在等申请人补正，补来后再办", "The applicant has been asked for materials; wait for them."};
}  // namespace verb_errors

/// Who acts: a resident with the case's secret, or an account of a centre.
struct Actor {
  Role role = Role::Resident;
  CentreId centre;      ///< empty for a resident
  std::string account;  ///< empty for a resident

  std::string name() const { return role == Role::Resident ? "resident" : account; }
};

/// Whether `actor` may do `verb` to the copy of the case that `holder` keeps, as it stands. A resident's supplement or
/// withdrawal is allowed also while another centre has the case: it then travels there as a request.
Expected<void> allowed(Verb verb, const Actor& actor, const CentreId& holder, const CaseFile& file);
/// Every verb that is allowed now, in the enum's order.
std::vector<Verb> allowed_verbs(const Actor& actor, const CentreId& holder, const CaseFile& file);

/// The lists of the staff screens.
enum class WorkList : std::uint8_t {
  ToReceive,   ///< submitted from home, nobody has looked yet
  InHand,      ///< received or checked here, or misdirected: something is to be done here
  Returned,    ///< the resident owes materials
  Travelling,  ///< transferred: not yet acknowledged, or with the deciding centre
  ToReview,    ///< transferred to this centre or accepted by it
  Done,        ///< decided, delivered, withdrawn, duplicate
};

/// On which list of `holder` its copy of a case stands. An office finds every case of its own on exactly one.
WorkList list_of(const CentreId& holder, const CentreId& received_by, const CentreId& custodian, const CentreId& passing_to, Stage stage);

/// Stable lower-case names, as in the API: "not_ours", "at_decider", "to_receive" …
std::string_view name_of(Verb verb);
std::string_view name_of(Role role);
std::string_view name_of(Stage stage);
std::string_view name_of(EventKind kind);
std::string_view name_of(WorkList list);
std::optional<Verb> verb_named(std::string_view name);
std::optional<Role> role_named(std::string_view name);
std::optional<Stage> stage_named(std::string_view name);
std::optional<EventKind> event_kind_named(std::string_view name);
std::optional<WorkList> work_list_named(std::string_view name);

}  // namespace tongban::casework
