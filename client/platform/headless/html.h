// Pages as HTML text: what is prerendered, printed, and read where nothing else works.
#pragma once

#include <functional>
#include <string>

#include "client/ui/ui.h"

namespace tongban::headless {

/// The body's inside for a described tree. No style attributes, no scripts.
std::string body_html(const ui::Tree& tree);

struct RenderedPage {
  std::string title, route, html;
};

/// Runs a view once and writes what it described.
RenderedPage render_page(const std::function<void(ui::Ui&)>& view, Instant now, bool english = false);

}  // namespace tongban::headless
