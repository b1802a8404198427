#include "client/platform/browser/app_bridge.h"

#include <algorithm>
#include <string>

#include "client/ui/json_text.h"

namespace tongban::platform {
namespace {

namespace event = app::event;
namespace effect = app::effect;

app::TypeSize type_size(std::string_view name) {
  if (name == "large") return app::TypeSize::Large;
  if (name == "extraLarge") return app::TypeSize::ExtraLarge;
  return name == "largest" ? app::TypeSize::Largest : app::TypeSize::Normal;
}

app::Storage storage(std::string_view name) {
  if (name == "memory" || name == "none") return app::Storage::MemoryOnly;
  return name.empty() || name == "unknown" ? app::Storage::Unknown : app::Storage::Persistent;
}

event::Start start(const Message& m) {
  event::Start start;
  start.path = m.text("route");
  start.language = m.text("lang").starts_with("en") ? app::Language::English : app::Language::Chinese;
  start.theme = m.text("theme") == "dark" ? app::Theme::HighContrast : app::Theme::Light;
  start.type_size = type_size(m.text("typeSize"));
  start.online = m.flag("online");
  start.storage = storage(m.text("storage"));
  start.public_browser = m.flag("publicBrowser");
  start.can_share = m.flag("canShare");
  start.origin = m.text("origin");
  const std::size_t known = std::min(start.data_key.size(), m.blob().size());
  std::copy_n(m.blob().begin(), known, start.data_key.begin());
  return start;
}

event::Response response(const Message& m) {
  event::Response answer{static_cast<std::uint32_t>(m.number("req")), static_cast<int>(m.number("status")), {}, {}};
  if (const auto* headers = m.find("headers"); headers && headers->IsObject()) {
    for (const auto& header : headers->GetObject()) {
      if (header.value.IsString()) answer.headers.emplace(header.name.GetString(), header.value.GetString());
    }
  }
  answer.body.assign(m.blob().begin(), m.blob().end());
  return answer;
}

const char* name_of(app::StoreOp op) {
  switch (op) {
    case app::StoreOp::Get: return "get";
    case app::StoreOp::Put: return "put";
    case app::StoreOp::Delete: return "delete";
    case app::StoreOp::List: return "list";
    case app::StoreOp::Erase: return "erase";
  }
  return "get";
}

struct Sender {
  Instant now;

  void operator()(const effect::Fetch& e) const {
    std::string headers = "{";
    for (const auto& [name, value] : e.headers) {
      if (headers.size() > 1) headers += ',';
      ui::json_string(headers, name);
      headers += ':';
      ui::json_string(headers, value);
    }
    Outgoing("fetch").number("req", e.request).text("method", e.method).text("url", e.url).raw("headers", headers + "}").send(e.body);
  }
  void operator()(const effect::Store& e) const {
    Outgoing out("store");
    out.number("req", e.request).text("op", name_of(e.op)).text("space", e.space);
    if (e.op != app::StoreOp::Erase && e.op != app::StoreOp::List) out.text("key", e.key);
    if (e.op == app::StoreOp::Put) out.number("version", static_cast<double>(e.version));
    out.send(e.blob);
  }
  void operator()(const effect::GoTo& e) const { Outgoing("route").text("path", e.path).flag("replace", e.replace).send(); }
  void operator()(const effect::Back&) const { Outgoing("back").send(); }
  void operator()(const effect::Announce& e) const { Outgoing("announce").text("text", e.text).flag("assertive", e.assertive).send(); }
  void operator()(const effect::Focus&) const {}
  void operator()(const effect::Print&) const {}
  void operator()(const effect::PictureOfPrint&) const {}   // the stage draws it
  void operator()(const effect::Share& e) const { Outgoing("share").text("title", e.title).text("url", e.url).send(); }
  void operator()(const effect::Deadline& e) const {
    Outgoing("deadline").number("ms", e.at.ms == 0 ? -1 : std::max<double>(0, static_cast<double>((e.at - now).count()))).send();
  }
  void operator()(const effect::Image& e) const { Outgoing("image").text("name", e.name).text("type", e.type).send(e.bytes); }
  void operator()(const effect::ReadAloud& e) const { Outgoing("read").flag("on", e.on).send(); }
  void operator()(const effect::Look&) const {}   // the stage sees it in the settings
  void operator()(const effect::FormOpen& e) const { Outgoing("form").flag("open", e.open).send(); }
  void operator()(const effect::MeasureStorage&) const { Outgoing("usage").send(); }
  void operator()(const effect::ReadCodes& e) const { Outgoing("codes").text("type", e.type).send(e.bytes); }
  void operator()(const effect::SwitchBuild&) const { Outgoing("switch").send(); }
  void operator()(const effect::PublicBrowser& e) const { Outgoing("public").flag("value", e.value).send(); }
  void operator()(const effect::EraseAndLeave& erase) const { Outgoing("erase").flag("everywhere", erase.everywhere).send(); }
};

}  // namespace

std::vector<event::Row> unpack_rows(ByteView packed) {
  std::vector<event::Row> rows;
  std::size_t at = 0;
  const auto number = [&](int octets) {
    std::uint64_t value = 0;
    for (int i = 0; i < octets; ++i) value |= std::uint64_t{packed[at++]} << (8 * i);
    return value;
  };
  while (at + 4 <= packed.size()) {
    const auto key_size = static_cast<std::size_t>(number(4));
    if (packed.size() - at < 12 || key_size > packed.size() - at - 12) break;
    event::Row row;
    row.key = as_text(packed.subspan(at, key_size));
    at += key_size;
    row.version = number(8);
    const auto size = static_cast<std::size_t>(number(4));
    if (size > packed.size() - at) break;
    row.blob.assign(packed.begin() + static_cast<std::ptrdiff_t>(at), packed.begin() + static_cast<std::ptrdiff_t>(at + size));
    at += size;
    rows.push_back(std::move(row));
  }
  return rows;
}

namespace {

/// Lines, as the shell joins them.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::optional<app::Event> to_event(const Message& m) {
  const std::string_view type = m.type();
  if (type == "start") return app::Event{m.now(), start(m)};
  if (type == "route") return app::Event{m.now(), event::RouteChanged{std::string(m.text("path"))}};
  if (type == "online") return app::Event{m.now(), event::Online{m.flag("value")}};
  if (type == "now") return app::Event{m.now(), event::Tick{}};
  if (type == "response") return app::Event{m.now(), response(m)};
  if (type == "image") return app::Event{m.now(), event::ImageWanted{std::string(m.text("name"))}};
  if (type == "image-failed") return app::Event{m.now(), event::ImageFailed{std::string(m.text("path"))}};
  if (type == "voice") return app::Event{m.now(), event::Voice{m.flag("here"), m.flag("reading")}};
  if (type == "storage") return app::Event{m.now(), event::StorageKind{storage(m.text("value"))}};
  if (type == "usage") return app::Event{m.now(), event::StorageUse{static_cast<std::uint64_t>(m.number("used")), m.flag("kept")}};
  if (type == "codes") return app::Event{m.now(), event::CodesRead{m.flag("able"), lines_of(m.text("texts"))}};
  if (type == "new-build") return app::Event{m.now(), event::NewBuild{}};
  if (type == "stored") {
    return app::Event{m.now(), event::Stored{static_cast<std::uint32_t>(m.number("req")), m.flag("ok"), std::string(m.text("error")), unpack_rows(m.blob()), m.flag("conflict")}};
  }
  return std::nullopt;
}

void send_effect(const app::Effect& effect, Instant now) { std::visit(Sender{now}, effect); }

}  // namespace tongban::platform
