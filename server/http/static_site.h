// The portal's files as packaging left them: `manifest.json` maps each address to a file, its type, its
// digest and its precompressed twins. Nothing outside the manifest is ever opened, so no path of a request
// reaches the file system. Read once; `reload` replaces all of it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.h"

namespace tongban::http {

struct SiteFile {
  struct Form {
    std::string coding;  ///< "br", "zstd", "gzip"; empty: as it is
    std::string path;
    std::uint64_t size = 0;
  };
  std::string type, etag;
  std::string style;            ///< the digest of the style sheet within a page
  bool immutable = false;
  bool worker = false;          ///< a service worker: always asked for anew
  std::vector<Form> forms;      ///< best coding first, the plain form last
};

class StaticSite {
 public:
  static Expected<StaticSite> open(const std::string& folder);

  /// The file at the request's address, the page of a portal route, or 404.
  Response serve(const Request& request) const;
  std::size_t size() const { return files_.size(); }

 private:
  const SiteFile* find(std::string_view path) const;

  std::map<std::string, SiteFile, std::less<>> files_;
};

/// Whether an Accept-Encoding field takes `coding` (RFC 9110, section 12.5.3).
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);
/// Whether an If-None-Match field names this entity tag, by weak comparison.
bool names_etag(std::string_view if_none_match, std::string_view etag);
/// Whether the portal draws something at this address, so that a reload must answer with a page.
bool is_portal_route(std::string_view path);

}  // namespace tongban::http
