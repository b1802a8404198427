// Rows that several lists share: an item found, a draft, something waiting to be sent.
#pragma once

#include "client/views/screen.h"

namespace tongban::views {

/// One row of the list of items, a link to its guide.
void item_row(Screen& screen, const app::ItemResults::Row& row);
/// A draft with its progress and "接着准备".
void draft_row(Screen& screen, const app::Draft& draft, bool with_delete);
/// A sealed application that waits, with what it waits for.
void outgoing_row(Screen& screen, const app::OutboxEntry& entry);
/// What is said of a state of sending: title and caption.
struct SendWords {
  std::string title, caption;
  ui::Style style;
  ui::Icon icon;
};
SendWords send_words(Screen& screen, const app::OutboxEntry& entry);

}  // namespace tongban::views
