// Screens as tests see them: drawn from a model at a size, checked everywhere, asked for their words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/ui/tree.h"
#include "tests/unit/app/fake_shell.h"

namespace tongban::views {

struct Size {
  const char* name;
  float width, height;
};
constexpr Size sizes[] = {{"phone", 390, 844}, {"narrow phone", 320, 640}, {"tablet", 1024, 768}, {"desktop", 1366, 768}};

/// Nothing is wrong with the screen in any width, type size, language and look.
void check_everywhere(const app::Model& model);

ui::Tree tree_at(const app::Model& model, const Size& size);
ui::Tree desktop_tree(const app::Model& model);
ui::Tree phone_tree(const app::Model& model);

bool has(const ui::Tree& tree, std::string_view words);
/// Whether the desktop's screen has these words.
bool says(const app::Model& model, std::string_view words);
/// The words within a region, in the order of reading.
std::vector<std::string> words_in(const ui::Tree& tree, ui::Region region);
bool in_bar(const ui::Tree& tree, std::string_view words);
/// How an element in the bar is painted whose words these are; None: there is none.
ui::Skin skin_in_bar(const ui::Tree& tree, std::string_view words);

/// A portal opened at an address; what is drawn from its model needs it to stay.
app::FakeShell opened(const std::string& path);
casework::CaseView demo_view(casework::Stage stage);
app::Photo demo_photo(std::uint8_t mark, float sharpness);

}  // namespace tongban::views
