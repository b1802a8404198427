#include "client/app/route.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace tongban::app {
namespace {

constexpr std::array<std::string_view, step_count> step_names = {"situation", "form", "materials", "review", "submit"};

/// Pages whose address is one fixed path.
constexpr std::pair<Page, std::string_view> fixed[] = {
    {Page::Home, "/"},     {Page::Items, "/items"},       {Page::Drafts, "/drafts"}, {Page::Cases, "/cases"},
    {Page::Centres, "/centres"}, {Page::Help, "/help"},   {Page::Settings, "/settings"},
    {Page::Staff, "/staff"}, {Page::StaffCarried, "/staff/carried"},
};

bool is_unreserved(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string escape(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : text) {
    if (is_unreserved(c)) {
      out += static_cast<char>(c);
    } else {
      out += '%';
      out += digits[c >> 4];
      out += digits[c & 15];
    }
  }
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto cut = text.find(at);
    if (cut != 0 && !text.empty()) parts.push_back(text.substr(0, cut));
    if (cut == std::string_view::npos) return parts;
    text.remove_prefix(cut + 1);
  }
}

/// "who.self~where.city": keys of questions and answers, neither of which holds a dot or a tilde.
std::string join_answers(const catalogue::Answers& answers) {
  std::string out;
  for (const auto& [question, answer] : answers) out += (out.empty() ? "" : "~") + question + "." + answer;
  return out;
}

catalogue::Answers split_answers(std::string_view text) {
  catalogue::Answers answers;
  for (const auto pair : split(text, '~'))
    if (const auto dot = pair.find('.'); dot != std::string_view::npos) answers.emplace(pair.substr(0, dot), pair.substr(dot + 1));
  return answers;
}

std::string joined(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : "~") + word;
  return out;
}

void set_note(Route& route, std::string_view key, std::string_view value) {
  if (key != "answers" && key != "ticked") return;
  if (!route.notes) route.notes.emplace();
  if (key == "answers") route.notes->answers = split_answers(value);
  else
    for (const auto material : split(value, '~')) route.notes->ticked.emplace(material);
}

void set_parameter(Route& route, std::string_view key, std::string value) {
  if (route.page == Page::Home) {
    if (key == "q") route.items.query = std::move(value);
  } else if (route.page == Page::Items) {
    if (key == "q") route.items.query = std::move(value);
    else if (key == "event") route.items.event = std::move(value);
    else if (key == "department") {
      for (const auto name : split(value, '~')) route.items.departments.emplace(name);
    }
    else if (key == "mode") route.items.mode = std::move(value);
    else if (key == "for") route.items.audience = value;
  } else if (route.page == Page::Centres || route.page == Page::Centre) {
    if (key == "q") route.centres.query = std::move(value);
    else if (key == "district") route.centres.district = std::move(value);
    else if (key == "open") route.centres.open_now = value == "1";
  } else if (route.page == Page::Prepare) {
    if (key == "draft") route.draft = std::move(value);
  } else if (route.page == Page::Item) {
    set_note(route, key, value);
  } else if (route.page == Page::Staff) {
    if (key == "list") route.tab = std::move(value);
  }
}

std::optional<Step> step_named(std::string_view name) {
  for (std::size_t i = 0; i < step_names.size(); ++i)
    if (step_names[i] == name) return static_cast<Step>(i);
  return std::nullopt;
}

Route parse_path(std::string_view path) {
  for (const auto& [page, address] : fixed)
    if (path == address || (page != Page::Home && path == std::string(address) + "/")) return plain(page);
  const auto parts = split(path, '/');
  const auto id = [&](std::size_t at) { return unescape(parts[at]); };
  if (parts.size() == 2 && parts[0] == "item") return item(id(1));
  if (parts.size() == 2 && parts[0] == "case") return with_id(Page::Case, id(1));
  if (parts.size() == 2 && parts[0] == "centre") return with_id(Page::Centre, id(1));
  if (parts.size() == 3 && parts[0] == "staff" && parts[1] == "case") return with_id(Page::StaffCase, id(2));
  if (parts.size() == 3 && parts[0] == "staff" && parts[1] == "walk-in") return with_id(Page::StaffWalkIn, id(2));
  if ((parts.size() == 3 || parts.size() == 4) && parts[0] == "item" && parts[2] == "prepare")
    if (const auto step = parts.size() == 4 ? step_named(parts[3]) : Step::Situation) return prepare(id(1), *step, {});
  return with_id(Page::Missing, std::string(path));
}

/// Collects "?a=b&c=d", leaving out what is empty.
class Query {
 public:
  void add(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    text_ += text_.empty() ? '?' : '&';
    text_ += key;
    text_ += '=';
    text_ += escape(value);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

Route parse_route(std::string_view path) {
  std::string_view fragment;
  if (const auto hash = path.find('#'); hash != std::string_view::npos) {
    fragment = path.substr(hash + 1);
    path = path.substr(0, hash);
  }
  const auto cut = path.find('?');
  Route route = parse_path(path.substr(0, cut));
  if (const auto dot = fragment.find('.'); route.page == Page::Cases && dot != std::string_view::npos)
    route.ticket = {unescape(fragment.substr(0, dot)), unescape(fragment.substr(dot + 1))};
  if (route.page == Page::Drafts) route.taken = fragment;
  if (cut == std::string_view::npos) return route;
  for (const auto pair : split(path.substr(cut + 1), '&')) {
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos) set_parameter(route, pair.substr(0, equals), unescape(pair.substr(equals + 1)));
  }
  return route;
}

std::string to_path(const Route& route) {
  Query query;
  std::string path;
  for (const auto& [page, address] : fixed)
    if (page == route.page) path = address;
  switch (route.page) {
    case Page::Home: query.add("q", route.items.query); break;
    case Page::Items:
      query.add("q", route.items.query);
      query.add("event", route.items.event);
      query.add("department", joined(route.items.departments));
      query.add("mode", route.items.mode);
      query.add("for", route.items.audience);
      break;
    case Page::Centre: path = "/centre/" + escape(route.id); [[fallthrough]];
    case Page::Centres:
      query.add("q", route.centres.query);
      query.add("district", route.centres.district);
      query.add("open", route.centres.open_now ? "1" : "");
      break;
    case Page::Item:
      path = "/item/" + escape(route.id);
      if (route.notes) {
        query.add("answers", join_answers(route.notes->answers));
        query.add("ticked", joined(route.notes->ticked));
      }
      break;
    case Page::Case: path = "/case/" + escape(route.id); break;
    case Page::StaffCase: path = "/staff/case/" + escape(route.id); break;
    case Page::StaffWalkIn: path = "/staff/walk-in/" + escape(route.id); break;
    case Page::Prepare:
      path = "/item/" + escape(route.id) + "/prepare/" + std::string(step_names[static_cast<std::size_t>(route.step)]);
      query.add("draft", route.draft);
      break;
    case Page::Staff: query.add("list", route.tab); break;
    case Page::Missing: path = route.id; break;
    default: break;
  }
  return path + query.text();
}

std::string receipt_address(const CaseTicket& ticket) {
  return to_path(plain(Page::Cases)) + '#' + escape(ticket.number) + '.' + escape(ticket.code);
}

std::string take_home_address() { return to_path(plain(Page::Drafts)) + '#'; }

Route home() { return {}; }
Route items(ItemFilter filter) {
  Route route = plain(Page::Items);
  route.items = std::move(filter);
  return route;
}
Route item(std::string id) { return with_id(Page::Item, std::move(id)); }
Route item_with(std::string id, GuideNotes notes) {
  Route route = item(std::move(id));
  route.notes = std::move(notes);
  return route;
}
Route prepare(std::string item, Step step, std::string draft) {
  Route route = with_id(Page::Prepare, std::move(item));
  route.step = step;
  route.draft = std::move(draft);
  return route;
}
Route plain(Page page) {
  Route route;
  route.page = page;
  return route;
}
Route with_id(Page page, std::string id) {
  Route route = plain(page);
  route.id = std::move(id);
  return route;
}

}  // namespace tongban::app
