// One timeline for the resident, whichever way the case runs.
#pragma once

#include <string>
#include <vector>

#include "client/views/screen.h"
#include "shared/casework/view.h"

namespace tongban::views {

/// Where a case stands, in one line, and how it looks.
struct CaseNow {
  std::string title, caption;
  ui::Style style = ui::Style::Tint;
  ui::Icon icon = ui::Icon::Info;
  std::string_view letter = {};   ///< of the centre that has it, A or B; else the icon
};
CaseNow case_now(const Screen& screen, const casework::CaseView& view);

/// Events that happened, then what is to come. The texts live in `keep`. `receipt`: where it was received a link is for that.
std::vector<ui::ProcessNode> timeline(const Screen& screen, const casework::CaseView& view, std::vector<std::string>& keep, bool receipt = false);

/// Of a case that came back: who received it, who sent it back, and you. The texts live in `keep`.
std::vector<ui::ProcessNode> way_back(const Screen& screen, const casework::CaseView& view, std::vector<std::string>& keep);

const casework::Deadline* deadline_of(const casework::CaseView& view, casework::DeadlineKind kind);
std::string_view item_name(const Screen& screen, const ItemId& id);

}  // namespace tongban::views
