#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "server/http/static_site.h"

using namespace tongban;
using namespace tongban::http;

namespace {

/// A site of four files in a folder of its own, gone afterwards.
class TinySite {
 public:
  TinySite() : folder_(std::filesystem::temp_directory_path() / ("tongban-site-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    put("index.html", "<!doctype html>home");
    put("i109.html", "<!doctype html>guide");
    put("portal-1.js", "plain");
    put("portal-1.js.br", "br");
    put("portal-1.js.gz", "gzip");
    put("portal-1.js.zst", "zstd");
    put("sw.js", "worker");
    put("manifest.json", R"({
      "/index.html": {"file": "index.html", "type": "text/html; charset=utf-8", "etag": "aa", "immutable": false,
        "style": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "encodings": {}},
      "/item/i109.html": {"file": "i109.html", "type": "text/html; charset=utf-8", "etag": "bb", "encodings": {}},
      "/portal-1.js": {"file": "portal-1.js", "type": "text/javascript", "etag": "cc", "immutable": true,
        "encodings": {"br": "portal-1.js.br", "gzip": "portal-1.js.gz", "zstd": "portal-1.js.zst"}},
      "/sw.js": {"file": "sw.js", "type": "text/javascript", "etag": "dd", "encodings": {}}})");
  }
  ~TinySite() { std::filesystem::remove_all(folder_); }
  void put(const std::string& name, std::string_view text) { std::ofstream(folder_ / name, std::ios::binary) << text; }
  std::string folder() const { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

Response serve(const StaticSite& site, std::string path, std::vector<std::pair<std::string, std::string>> headers = {}) {
  Request request;
  request.path = std::move(path);
  request.headers = std::move(headers);
  return site.serve(request);
}

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

}  // namespace

TEST_CASE("the best coding that the browser takes is sent, each with a tag of its own") {
  TinySite tiny;
  auto opened = StaticSite::open(tiny.folder());
  REQUIRE(opened);
  const auto& site = *opened;
  const auto coding = [&](std::string accept) { return header(serve(site, "/portal-1.js", {{"accept-encoding", accept}}), "Content-Encoding"); };
  CHECK(coding("gzip, deflate, br, zstd") == "br");
  CHECK(coding("gzip, zstd") == "zstd");
  CHECK(coding("gzip;q=0.5, br;q=0") == "gzip");
  CHECK(coding("identity") == "");
  CHECK(coding("*") == "br");
  const auto response = serve(site, "/portal-1.js", {{"accept-encoding", "br"}});
  CHECK(header(response, "ETag") == "\"cc-br\"");
  CHECK(header(response, "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(header(response, "Vary") == "Accept-Encoding");
  CHECK(response.file.size == 2);
}

TEST_CASE("who has the file already gets 304") {
  TinySite tiny;
  auto opened = StaticSite::open(tiny.folder());
  REQUIRE(opened);
  const auto& site = *opened;
  CHECK(serve(site, "/index.html", {{"if-none-match", "\"aa\""}}).status == 304);
  CHECK(serve(site, "/index.html", {{"if-none-match", "\"x\", W/\"aa\""}}).status == 304);
  CHECK(serve(site, "/index.html", {{"if-none-match", "\"aa-br\""}}).status == 200);
}

TEST_CASE("every route of the portal answers with a page, everything else with 404") {
  TinySite tiny;
  auto opened = StaticSite::open(tiny.folder());
  REQUIRE(opened);
  const auto& site = *opened;
  for (const char* path : {"/", "/items", "/item/i001", "/item/i109/prepare/form", "/case/TB261124-7K3QF9", "/staff", "/staff/case/x", "/settings"}) {
    CAPTURE(path);
    CHECK(serve(site, path).file.path.ends_with("index.html"));
  }
  CHECK(serve(site, "/item/i109").file.path.ends_with("i109.html"));
  for (const char* path : {"/stafff", "/favicon.ico", "/../manifest.json", "/manifest.json", "/portal-1.js.br", "/%2e%2e/etc/passwd"}) {
    CAPTURE(path);
    CHECK(serve(site, path).status == 404);
  }
}

TEST_CASE("the service worker and the page are always asked for anew") {
  TinySite tiny;
  auto opened = StaticSite::open(tiny.folder());
  REQUIRE(opened);
  CHECK(header(serve(*opened, "/sw.js"), "Cache-Control") == "no-cache");
  CHECK(header(serve(*opened, "/"), "Cache-Control") == "no-cache");
}

TEST_CASE("a manifest that names a missing file is refused at the start") {
  TinySite tiny;
  tiny.put("manifest.json", R"({"/a.js": {"file": "a.js", "type": "text/javascript", "etag": "x"}})");
  CHECK_FALSE(StaticSite::open(tiny.folder()));
  tiny.put("manifest.json", "not json");
  CHECK_FALSE(StaticSite::open(tiny.folder()));
}

TEST_CASE("a page's own style sheet is allowed by its digest, also where the page is not sent again") {
  TinySite tiny;
  auto opened = StaticSite::open(tiny.folder());
  REQUIRE(opened);
  CHECK(serve(*opened, "/").style == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  CHECK(serve(*opened, "/", {{"if-none-match", "\"aa\""}}).style.size() == 51);
  CHECK(serve(*opened, "/portal-1.js").style.empty());
}

TEST_CASE("a site cannot say more in the policy than a digest") {
  for (const char* style : {"unsafe-inline", "sha256-short", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF';"}) {
    TinySite tiny;
    tiny.put("manifest.json", R"({"/index.html": {"file": "index.html", "type": "text/html", "etag": "aa", "encodings": {}, "style": ")" + std::string(style) + "\"}}");
    CHECK(!StaticSite::open(tiny.folder()));
  }
}
