// The five steps of preparing an application; each step is drawn by a function of its own.
#pragma once

#include "client/views/screen.h"

namespace tongban::views {

/// Whether a material is ready, and how, in a few words.
std::string state_of(const Screen& screen, const app::Paper* paper);
/// A file that was chosen for a material, in place of a photo of it where one is named.
intent::AddPhoto added(const app::Draft& draft, const catalogue::Material& material, const ui::FileRef& file, std::string instead_of);
/// How many are ready, how many are not.
void papers_head(Screen& screen, const app::Draft& draft, const catalogue::Item& item, Word caption);
/// The third step where there is room: the list of materials, and beside it one with its photos as large as they go.
void papers_beside(Screen& screen, const app::Draft& draft, const catalogue::Item& item);
void papers_step(Screen& screen, const app::Draft& draft, const catalogue::Item& item);
void review_step(Screen& screen, const app::Draft& draft, const catalogue::Item& item);
void submit_step(Screen& screen, const app::Draft& draft, const catalogue::Item& item);
/// After sealing: what became of it.
void outgoing_step(Screen& screen, const app::OutboxEntry& entry);
/// What was filled in, as it is checked by the resident, the window and on paper. Personal numbers are masked.
void filled_in(Screen& screen, const casework::Application& application, const catalogue::Item* item, bool masked);

}  // namespace tongban::views
