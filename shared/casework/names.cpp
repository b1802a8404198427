#include <array>
#include <utility>

#include "shared/casework/verbs.h"

namespace tongban::casework {
namespace {

using std::string_view;

constexpr std::array<string_view, 13> verbs{"read", "receive", "check", "return", "transfer", "accept", "not_ours", "decide",
                                            "supplement", "withdraw", "deliver", "move_originals", "renew_access"};
constexpr std::array<string_view, 5> roles{"resident", "window", "reviewer", "supervisor", "city_office"};
constexpr std::array<string_view, 12> stages{"submitted", "received", "checked", "returned", "in_transfer", "at_decider", "accepted",
                                             "decided", "delivered", "misdirected", "withdrawn", "duplicate"};
constexpr std::array<string_view, 14> kinds{"submitted", "received", "form_checked", "returned", "supplemented", "accepted",
                                            "transferred", "transfer_received", "not_ours", "decided", "delivered", "withdrawn",
                                            "originals_moved", "duplicate_found"};
constexpr std::array<string_view, 6> lists{"to_receive", "in_hand", "returned", "travelling", "to_review", "done"};

static_assert(verbs.size() == static_cast<std::size_t>(Verb::RenewAccess) + 1);
static_assert(stages.size() == static_cast<std::size_t>(Stage::Duplicate) + 1);
static_assert(kinds.size() == static_cast<std::size_t>(EventKind::DuplicateFound) + 1);
static_assert(lists.size() == static_cast<std::size_t>(WorkList::Done) + 1);

template <typename Enum, std::size_t Size>
std::optional<Enum> named(const std::array<string_view, Size>& names, string_view name) {
  for (std::size_t i = 0; i < Size; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <typename Enum, std::size_t Size>
string_view name_in(const std::array<string_view, Size>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

}  // namespace

string_view name_of(Verb verb) { return name_in(verbs, verb); }
string_view name_of(Role role) { return name_in(roles, role); }
string_view name_of(Stage stage) { return name_in(stages, stage); }
string_view name_of(EventKind kind) { return name_in(kinds, kind); }
string_view name_of(WorkList list) { return name_in(lists, list); }
std::optional<Verb> verb_named(string_view name) { return named<Verb>(verbs, name); }
std::optional<Role> role_named(string_view name) { return named<Role>(roles, name); }
std::optional<Stage> stage_named(string_view name) { return named<Stage>(stages, name); }
std::optional<EventKind> event_kind_named(string_view name) { return named<EventKind>(kinds, name); }
std::optional<WorkList> work_list_named(string_view name) { return named<WorkList>(lists, name); }

}  // namespace tongban::casework
