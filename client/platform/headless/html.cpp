#include "client/platform/headless/html.h"

#include <cstring>
#include <vector>

#include "client/platform/headless/flow.h"

namespace tongban::headless {
namespace {

void escape(std::string& out, std::string_view text, bool quoted) {
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '"' && quoted) out += "&quot;";
    else if (c != '\x01') out += c;
  }
}

bool is_void(const char* tag) { return std::strcmp(tag, "input") == 0 || std::strcmp(tag, "img") == 0; }

bool boolean(const char* name) {
  for (const char* n : {"checked", "selected", "disabled", "multiple"}) if (std::strcmp(name, n) == 0) return true;
  return false;
}

void open_tag(std::string& out, const ui::TwinRecord& r) {
  const bool valued = std::strcmp(r.tag, "textarea") != 0 && std::strcmp(r.tag, "select") != 0;
  (out += '<') += r.tag;
  for (const auto& [name, value] : r.attributes) {
    if (std::strcmp(name, "markup") == 0 || (!valued && std::strcmp(name, "value") == 0)) continue;
    if (boolean(name)) {
      if (value != "false") (out += ' ') += name;
      continue;
    }
    ((out += ' ') += name) += "=\"";
    escape(out, value, true);
    out += '"';
  }
  out += '>';
}

const std::string* attribute(const ui::TwinRecord& r, const char* name) {
  for (const auto& [n, value] : r.attributes) if (std::strcmp(n, name) == 0) return &value;
  return nullptr;
}

}  // namespace

std::string body_html(const ui::Tree& tree) {
  const std::vector<ui::TwinRecord> records = flow_records(tree);
  std::string out;
  std::vector<const ui::TwinRecord*> open;
  const auto close_to = [&](ui::Id parent) {
    while (!open.empty() && open.back()->id != parent) {
      ((out += "</") += open.back()->tag) += '>';
      open.pop_back();
    }
  };
  for (const ui::TwinRecord& r : records) {
    close_to(r.parent);
    open_tag(out, r);
    if (is_void(r.tag)) continue;
    if (const std::string* markup = attribute(r, "markup")) out += *markup;
    if (std::strcmp(r.tag, "textarea") == 0) {
      if (const std::string* value = attribute(r, "value")) escape(out, *value, false);
    }
    escape(out, r.text, false);
    open.push_back(&r);
  }
  close_to(page_parent);
  return out;
}

RenderedPage render_page(const std::function<void(ui::Ui&)>& view, Instant now, bool english) {
  ui::Input input;
  input.flowing = true;
  input.english = english;
  input.now = now;
  ui::Tree tree;
  {
    ui::Ui ui(input, tree);
    view(ui);
  }
  return {tree.title, tree.route, body_html(tree)};
}

}  // namespace tongban::headless
