// The home screen as HTML, word for word: what is prerendered, readable before and without wasm.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "client/platform/headless/html.h"
#include "client/views/views.h"
#include "tests/unit/app/fake_shell.h"

namespace tongban::views {
namespace {

std::string golden_path() { return TONGBAN_GOLDEN "/home.golden.html"; }

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// One element a line, so that a difference can be read.
std::string in_lines(std::string html) {
  for (std::size_t at = html.find("><"); at != std::string::npos; at = html.find("><", at + 2)) html.insert(at + 1, "\n");
  return html + "\n";
}

}  // namespace

TEST_CASE("the home screen is written as the golden page has it") {
  app::FakeShell shell;
  shell.open("/");
  const auto page = headless::render_page([&](ui::Ui& ui) { draw(ui, shell.model()); }, shell.now);
  const std::string html = in_lines(page.html);
  CHECK(page.html.find("style=") == std::string::npos);
  CHECK(page.html.find("<script") == std::string::npos);
  if (std::getenv("TONGBAN_UPDATE_GOLDEN")) std::ofstream(golden_path(), std::ios::binary) << html;
  CHECK(html == read_file(golden_path()));
}

}  // namespace tongban::views
