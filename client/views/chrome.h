// What stands around every screen: rail or tabs, top bar, toast, the question dialogs; and small pieces that many
// screens share.
#pragma once

#include <string>
#include <string_view>

#include "client/views/screen.h"

namespace tongban::views {

/// How a screen is framed.
struct Frame {
  std::string_view title;         ///< of the document
  std::string_view route;         ///< address without its query: what element ids hang on
  std::string_view bar_title = {};    ///< phone and tablet: beside the back arrow; empty: the logo stands there
  std::string_view bar_caption = {};
  bool back = false;
  bool status = false;            ///< online and saved state in the top bar (a form is open)
  std::string_view saved = {};    ///< words of the saved state; empty: "已存本机"
};

/// Opens the page and draws rail or top bar. The returned scope is the page's: keep it while drawing the regions.
ui::Scope open_page(Screen& screen, const Frame& frame);
/// The tab bar of phones and tablets; screens with an action bar of their own don't call it.
void tabs(Screen& screen);
/// Toast and question dialog; drawn last.
void over(Screen& screen);

/// The pills for large type and contrast (desktop: at the right of the first row of the page).
void pills(Screen& screen);
/// A heading alone, on a desktop with the pills at its right.
void plain_head(Screen& screen, Word title);
void back_button(Screen& screen);
/// "没有网络，照样能查、能填" under the top bar of phones and tablets.
void offline_strip(Screen& screen);
/// On a public browser: how long somebody has been at it, and the way to leave nothing behind.
void session_strip(Screen& screen);
/// Both strips, on phones and tablets.
void strips(Screen& screen);
/// Space around the content of a page.
ui::Pad page_pad(const Screen& screen);

void mode_tag(Screen& screen, catalogue::Mode mode);
/// "现在开门 到 16:30" with its dot.
void open_state(Screen& screen, const catalogue::Centre& centre, bool dot);
/// What takes a screen's words elsewhere; nothing where the browser can't, or on a browser that everybody uses.
void keep_button(Screen& screen, app::PrintJob job, std::string_view name, const ui::Button& look);
void share_button(Screen& screen, std::string_view title, const std::string& path, const ui::Button& look);
void hotline_line(Screen& screen);
/// What to show when there is no catalogue. False: there is one, go on.
bool no_catalogue(Screen& screen);
/// A search field with 查找 inside; the screen's `typed` is its value.
void search_field(Screen& screen, std::string_view key, Word label, std::string_view placeholder, bool big, bool button = true);

}  // namespace tongban::views
