// /catalogue/…: the signed snapshot, deltas, keys and the pinyin table, as files of one folder. The compiler
// replaces them whole, so the entity tag is the digest of the signed file itself, kept by time and size. Snapshots and
// deltas are packed by their format; of the others the packed form is kept beside the tag.
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <map>

#include <zstd.h>

#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"
#include "server/http/static_site.h"

namespace tongban::http {
namespace {

class CatalogueFolder {
 public:
  CatalogueFolder(server::Node& node, std::string folder) : node_(node), folder_(std::move(folder)) {}

  /// Steps and the snapshot are packed as they are; a step never changes.
  enum class Kind : std::uint8_t { Plain, Packed, Step };
  Response serve(const Request& request, const std::string& name, std::string_view type, Kind kind);

 private:
  struct Known {
    std::int64_t changed = 0;
    std::uint64_t size = 0;
    std::string etag;
    std::string packed;   ///< by zstd; empty where that saves next to nothing
  };
  const Known* know(const std::string& path, bool packs);

  server::Node& node_;
  std::string folder_;
  std::map<std::string, Known> known_;
};

std::string pack(ByteView bytes) {
  constexpr int level = 19;
  std::string packed(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), level);
  if (ZSTD_isError(size) || size > bytes.size() * 7 / 8) return {};
  packed.resize(size);
  return packed;
}

const CatalogueFolder::Known* CatalogueFolder::know(const std::string& path, bool packs) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode)) return nullptr;
  auto& known = known_[path];
  const std::int64_t changed = about.st_mtim.tv_sec * 1'000'000'000LL + about.st_mtim.tv_nsec;
  if (known.changed == changed && known.size == static_cast<std::uint64_t>(about.st_size)) return &known;
  std::ifstream in(path, std::ios::binary);
  const Bytes bytes{std::istreambuf_iterator<char>(in), {}};
  known = {changed, bytes.size(), '"' + to_hex(ByteView(crypto::digest(bytes)).first(16)) + '"', packs ? pack(bytes) : std::string()};
  return &known;
}

Response CatalogueFolder::serve(const Request& request, const std::string& name, std::string_view type, Kind kind) {
  const auto path = folder_ + '/' + name;
  const auto* known = know(path, kind == Kind::Plain);
  if (!known) return problem(404, errors::NotFound);
  Response response;
  const bool packed = !known->packed.empty() && accepts_coding(request.header("accept-encoding"), "zstd");
  const std::string etag = packed ? known->etag.substr(0, known->etag.size() - 1) + "-zstd\"" : known->etag;
  response.with("ETag", etag).with("Vary", "Accept-Encoding");
  response.with("Cache-Control", kind == Kind::Step ? "public, max-age=31536000, immutable" : "no-cache");
  if (node_.catalogue) response.with("Tongban-Catalogue", std::to_string(node_.catalogue->version));
  if (names_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  response.with("Content-Type", std::string(type));
  if (packed) {
    response.with("Content-Encoding", "zstd");
    response.body = known->packed;
  } else {
    response.file = {path, known->size};
  }
  return response;
}

/// "12-14", and nothing that could leave the folder.
bool is_step(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos || dash == 0 || dash + 1 == text.size() || text.size() > 24) return false;
  return text.find_first_not_of("0123456789-") == std::string_view::npos && text.find('-', dash + 1) == std::string_view::npos;
}

}  // namespace

void add_catalogue_routes(Service& service, server::Node& node, const std::string& folder) {
  auto files = std::make_shared<CatalogueFolder>(node, folder);
  using Kind = CatalogueFolder::Kind;
  const auto fixed = [&](const std::string& at, const std::string& name, std::string_view type, Kind kind) {
    service.router.get(at, [files, name, type, kind](Request request, Reply reply) { reply(files->serve(request, name, type, kind)); }, Toll::Usual, Needs::Nothing);
  };
  fixed("/catalogue/current.snap", "current.snap", "application/octet-stream", Kind::Packed);
  fixed("/catalogue/pinyin.bin", "pinyin.bin", "application/octet-stream", Kind::Plain);
  fixed("/catalogue/keys.json", "keys.json", "application/json; charset=utf-8", Kind::Plain);
  service.router.get("/catalogue/delta/{}", [files](Request request, Reply reply) {
    const auto step = request.captures.at(0);
    reply(is_step(step) ? files->serve(request, "delta/" + step, "application/octet-stream", Kind::Step) : problem(404, errors::NotFound));
  }, Toll::Usual, Needs::Nothing);
}

}  // namespace tongban::http
