// Writes the pages that are readable before and without wasm: home, every guide, the list of centres, every centre, help.
//   prerender CATALOGUE.bin PINYIN.bin OUTDIR
// Beside them home-words.json: the characters that the home draws, for the first slices of the fonts.
// The same views as the portal's, without geometry and without a clock: what depends on the hour is left out, so the
// same catalogue gives the same bytes.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "client/app/app.h"
#include "client/platform/headless/html.h"
#include "client/ui/tree.h"
#include "client/ui/ui.h"
#include "client/views/views.h"
#include "shared/catalogue/codec.h"
#include "shared/catalogue/pinyin.h"

namespace {

using namespace tongban;

/// Nothing here needs chance; an app can't be had without it.
class NoRandom final : public ports::Random {
 public:
  void fill(std::span<std::uint8_t> out) override { std::fill(out.begin(), out.end(), std::uint8_t{0}); }
};

std::optional<Bytes> read_file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

struct PageFile {
  std::string route, file;
};

std::vector<PageFile> pages_of(const catalogue::Catalogue& catalogue) {
  std::vector<PageFile> pages = {{"/", "home.html"}, {"/items", "items.html"}, {"/centres", "centres.html"}, {"/help", "help.html"}};
  for (const auto& item : catalogue.items) pages.push_back({to_path(app::item(item.id.text())), "item/" + item.id.text() + ".html"});
  for (const auto& centre : catalogue.centres)
    pages.push_back({to_path(app::with_id(app::Page::Centre, centre.id.text())), "centre/" + centre.id.text() + ".html"});
  return pages;
}

/// The characters that the home draws, by weight: what the first slices of the fonts must hold.
struct Drawn {
  std::string regular, bold;

  void add(const ui::Tree& tree) {
    for (const ui::Node& node : tree.nodes) {
      for (std::uint32_t i = node.run_from; i < node.run_to; ++i) (tree.runs[i].bold ? bold : regular) += tree.text(tree.runs[i].text);
      if (node.run_from == node.run_to) (node.kind == ui::Kind::Mark ? bold : regular) += tree.text(node.words);
      regular += tree.attribute(node, "placeholder");
    }
  }
};

void draw_home(const app::App& app, float width, Drawn& drawn) {
  ui::Tree tree;
  ui::Memory memory;
  ui::Input input;
  input.width = width;
  input.memory = &memory;
  ui::Ui ui(input, tree);
  views::draw(ui, app.model());
  drawn.add(tree);
}

/// Whatever turns out meanwhile about the device's store and the line is said with these characters, too.
Drawn drawn_at_home(app::App& app) {
  Drawn drawn;
  for (const auto language : {app::Language::English, app::Language::Chinese}) {
    app.apply({app::intent::SetLanguage{language}}, Instant{});
    for (const auto storage : {app::Storage::Persistent, app::Storage::MemoryOnly}) {
      app.handle({Instant{}, app::event::StorageKind{storage}});
      for (const float width : {390.f, 1024.f, 1366.f}) draw_home(app, width, drawn);
    }
    app.handle({Instant{}, app::event::Online{false}});
    draw_home(app, 1366.f, drawn);
    app.handle({Instant{}, app::event::Online{true}});
  }
  return drawn;
}

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) return std::fprintf(stderr, "usage: prerender CATALOGUE.bin PINYIN.bin OUTDIR\n"), 2;
  const auto canonical = read_file(arguments[1]);
  const auto readings = read_file(arguments[2]);
  if (!canonical || !readings) return std::fprintf(stderr, "prerender: catalogue or pinyin table can't be read; build the target catalogue first\n"), 1;
  auto catalogue = catalogue::decode(*canonical);
  auto pinyin = catalogue::Pinyin::open(*readings);
  if (!catalogue || !pinyin) return std::fprintf(stderr, "prerender: catalogue or pinyin table is damaged\n"), 1;
  const auto pages = pages_of(*catalogue);

  NoRandom random;
  app::App app(random);
  app.lend(std::move(*catalogue), *pinyin, Instant{});
  const std::filesystem::path out = arguments[3];
  std::filesystem::remove_all(out);
  std::string list = "[\n";
  for (const auto& page : pages) {
    app.handle({Instant{}, app::event::RouteChanged{page.route}});
    const auto rendered = headless::render_page([&](ui::Ui& ui) { views::draw(ui, app.model()); }, Instant{});
    std::filesystem::create_directories((out / page.file).parent_path());
    std::ofstream(out / page.file, std::ios::binary) << rendered.html << '\n';
    list += std::string(list.size() > 2 ? ",\n" : "") + "{\"path\":" + json_text(page.route) + ",\"file\":" + json_text(page.file) + ",\"title\":" + json_text(rendered.title) + "}";
  }
  app.handle({Instant{}, app::event::RouteChanged{"/"}});
  const Drawn drawn = drawn_at_home(app);
  std::ofstream(out / "home-words.json", std::ios::binary) << "{\"regular\":" << json_text(drawn.regular) << ",\"bold\":" << json_text(drawn.bold) << "}\n";
  std::ofstream(out / "pages.json", std::ios::binary) << list << "\n]\n";
  std::printf("prerendered %zu pages\n", pages.size());
  return 0;
}
