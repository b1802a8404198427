#include "server/http/static_site.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "server/http/errors.h"

namespace tongban::http {
namespace {

constexpr ErrorCode BadSite{"node.bad_site", "门户文件读不出来，请重新构建。", "The portal's files cannot be read. Build them again."};
constexpr std::array<std::string_view, 3> codings{"br", "zstd", "gzip"};

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string_view next_member(std::string_view& rest) {
  const auto end = rest.find(',');
  const auto member = trim(rest.substr(0, end));
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return member;
}

std::string text_of(const rapidjson::Value& object, const char* name) {
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsString()) return {};
  return {found->value.GetString(), found->value.GetStringLength()};
}

bool flag_of(const rapidjson::Value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found != object.MemberEnd() && found->value.IsBool() && found->value.GetBool();
}

/// As a Content-Security-Policy writes it, and nothing else that would be read there.
bool is_digest(std::string_view text) {
  constexpr std::string_view begin = "sha256-";
  constexpr std::size_t base64_of_32_octets = 44;
  if (!text.starts_with(begin) || text.size() != begin.size() + base64_of_32_octets) return false;
  return std::all_of(text.begin() + begin.size(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
  });
}

/// Adds the form when its file is there; a manifest may not point out of the folder.
bool add_form(SiteFile& file, const std::filesystem::path& folder, const std::string& name, std::string_view coding) {
  if (name.empty() || name.find("..") != std::string::npos) return false;
  std::error_code failed;
  const auto path = folder / std::filesystem::path(name).relative_path();
  const auto size = std::filesystem::file_size(path, failed);
  if (failed) return false;
  file.forms.push_back({std::string(coding), path.string(), size});
  return true;
}

Expected<SiteFile> read_entry(const rapidjson::Value& value, const std::filesystem::path& folder, const std::string& at) {
  if (!value.IsObject()) return Error(BadSite, at);
  SiteFile file;
  file.type = text_of(value, "type");
  file.etag = text_of(value, "etag");
  if (!file.etag.empty() && file.etag.front() == '"') file.etag = file.etag.substr(1, file.etag.size() - 2);
  file.style = text_of(value, "style");
  if (!file.style.empty() && !is_digest(file.style)) return Error(BadSite, at, "its style sheet has no digest");
  file.immutable = flag_of(value, "immutable");
  file.worker = at == "/sw.js";
  const auto encodings = value.FindMember("encodings");
  if (encodings != value.MemberEnd() && encodings->value.IsObject())
    for (const auto coding : codings)
      add_form(file, folder, text_of(encodings->value, std::string(coding).c_str()), coding);
  if (!add_form(file, folder, text_of(value, "file"), {})) return Error(BadSite, at, "its file is missing");
  return file;
}

}  // namespace

Expected<StaticSite> StaticSite::open(const std::string& folder) {
  const auto path = std::filesystem::path(folder) / "manifest.json";
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  if (!in || document.HasParseError() || !document.IsObject()) return Error(BadSite, path.string());
  // Either the map itself, or beside other things under "files".
  const auto under = document.FindMember("files");
  const rapidjson::Value& files = under != document.MemberEnd() ? under->value : document;
  if (!files.IsObject()) return Error(BadSite, path.string());
  StaticSite site;
  for (const auto& member : files.GetObject()) {
    std::string at(member.name.GetString(), member.name.GetStringLength());
    if (!at.starts_with('/')) continue;
    TRY(auto file, read_entry(member.value, folder, at));
    site.files_.emplace(std::move(at), std::move(file));
  }
  return site;
}

const SiteFile* StaticSite::find(std::string_view path) const {
  if (const auto found = files_.find(path); found != files_.end()) return &found->second;
  if (path == "/" || is_portal_route(path)) {
    // A prerendered page of this very address, or else the shell, which draws any of them.
    for (const std::string& candidate : {std::string(path) + ".html", std::string(path) + "/index.html", std::string("/index.html")})
      if (const auto found = files_.find(candidate); found != files_.end()) return &found->second;
  }
  return nullptr;
}

Response StaticSite::serve(const Request& request) const {
  const auto* file = find(percent_decode(request.path));
  if (!file) return problem(404, errors::NotFound);
  const auto accept = request.header("accept-encoding");
  const SiteFile::Form* form = &file->forms.back();
  for (const auto& candidate : file->forms) {
    if (candidate.coding.empty() || !accepts_coding(accept, candidate.coding)) continue;
    form = &candidate;
    break;
  }
  const auto etag = '"' + file->etag + (form->coding.empty() ? "" : "-" + form->coding) + '"';
  Response response;
  response.style = file->style;
  response.with("ETag", etag).with("Vary", "Accept-Encoding");
  response.with("Cache-Control", file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file->worker) response.with("Service-Worker-Allowed", "/");
  if (names_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  response.with("Content-Type", file->type);
  if (!form->coding.empty()) response.with("Content-Encoding", form->coding);
  response.file = {form->path, form->size};
  return response;
}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    auto member = next_member(accept_encoding);
    const auto semicolon = member.find(';');
    const auto name = trim(member.substr(0, semicolon));
    double quality = 1;
    if (semicolon != std::string_view::npos) {
      auto weight = trim(member.substr(semicolon + 1));
      if (weight.starts_with("q=")) std::from_chars(weight.data() + 2, weight.data() + weight.size(), quality);
    }
    if (name == coding) return quality > 0;
    if (name == "*") any = quality > 0;
  }
  return any;
}

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    auto member = next_member(if_none_match);
    if (member == "*") return true;
    if (member.starts_with("W/")) member.remove_prefix(2);
    if (member == etag) return true;
  }
  return false;
}

bool is_portal_route(std::string_view path) {
  static constexpr std::string_view roots[] = {"/items", "/item",     "/drafts", "/draft", "/cases", "/case",  "/centres",
                                               "/centre", "/help", "/settings", "/staff", "/about"};
  for (const auto root : roots)
    if (path == root || (path.starts_with(root) && path[root.size()] == '/')) return true;
  return path == "/";
}

}  // namespace tongban::http
