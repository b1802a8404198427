// /api/v1/materials/<digest>: photographs come before the submission that names them. PUT brings one whole; PATCH brings
// it in pieces, and HEAD says how much of it is there, so that it goes on where a line broke.
#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/piece.h"

namespace tongban::http {
namespace {

/// Who brings octets, and what that address may still bring today.
struct Purse {
  Service& service;
  std::string peer;
  Expected<void> pay(std::size_t octets) {
    if (octets == 0 || service.materials.take(peer, service.now(), static_cast<double>(octets)) == 0) return {};
    service.metrics.refused_for_rate();
    return errors::MaterialsToday;
  }
};

/// Feeds an upload; a material that is already there is read over and thrown away.
class MaterialSink final : public BodySink {
 public:
  MaterialSink(std::unique_ptr<server::Upload> upload, std::uint64_t room, Purse purse) : upload_(std::move(upload)), room_(room), purse_(std::move(purse)) {}
  Expected<void> write(ByteView piece) override {
    if (piece.size() > room_) return Error(errors::TooLarge);
    room_ -= piece.size();
    TRY_VOID(purse_.pay(piece.size()));
    return upload_ ? upload_->write(piece) : Expected<void>();
  }
  Expected<void> finish() { return upload_ ? upload_->finish() : Expected<void>(); }
  bool fresh() const { return upload_ != nullptr; }

 private:
  std::unique_ptr<server::Upload> upload_;
  std::uint64_t room_;  ///< octets that may still come
  Purse purse_;
};

/// `upload`: none when the material is there already.
std::shared_ptr<BodySink> sink_for(std::unique_ptr<server::Upload> upload, std::uint64_t room, Purse purse) {
  return std::make_shared<MaterialSink>(std::move(upload), room, std::move(purse));
}

Expected<std::shared_ptr<BodySink>> open_whole(server::Node& node, Service& service, const Request& request) {
  const auto most = service.limits.material_bytes;
  Purse purse{service, request.peer};
  const auto digest = digest_from_hex(request.captures.at(0));
  if (!digest) return Error(errors::MaterialUnknown);
  if (node.attachments.renew(*digest)) return sink_for(nullptr, most, std::move(purse));
  TRY(auto upload, node.attachments.begin(*digest));
  return sink_for(std::move(upload), most, std::move(purse));
}

Expected<std::shared_ptr<BodySink>> open_piece(server::Node& node, Service& service, const Request& request) {
  const auto most = service.limits.material_bytes;
  Purse purse{service, request.peer};
  const auto digest = digest_from_hex(request.captures.at(0));
  if (!digest) return Error(errors::MaterialUnknown);
  const auto place = piece_place_of(request);
  if (!place) return Error(errors::BadRequest);
  if (place->offset > most) return Error(errors::TooLarge);
  if (node.attachments.renew(*digest)) return sink_for(nullptr, most, std::move(purse));
  TRY(auto upload, node.attachments.resume(*digest, place->offset));
  return sink_for(std::move(upload), most - place->offset, std::move(purse));
}

Response with_offset(Response response, std::uint64_t offset) {
  return std::move(response.with(std::string(offset_field), std::to_string(offset)).with(std::string(complete_field), "?0"));
}

void store(server::Node& node, std::shared_ptr<BodySink> sink, Reply reply) {
  auto held = std::make_shared<Reply>(std::move(reply));
  // Syncing waits for the disk: in the slow lane, so that nobody else does.
  node.slow.run([&node, held, sink = std::move(sink)]() mutable {
    auto& material = static_cast<MaterialSink&>(*sink);
    const bool fresh = material.fresh();
    auto ended = material.finish();
    sink.reset();
    node.network.run([held, ended, fresh] { (*held)(ended ? empty(fresh ? 201 : 200) : failure(ended.error())); });
  });
}

void store_piece(server::Node& node, const Request& request, std::shared_ptr<BodySink> sink, Reply reply) {
  if (piece_place_of(request)->last || !static_cast<MaterialSink&>(*sink).fresh()) return store(node, std::move(sink), std::move(reply));
  sink.reset();
  reply(with_offset(empty(204), node.attachments.kept(*digest_from_hex(request.captures.at(0)))));
}

/// The octets themselves are only for those who may see the case.
Response how_much(server::Node& node, const Request& request) {
  const auto digest = digest_from_hex(request.captures.at(0));
  if (!digest) return failure(errors::MaterialUnknown);
  if (node.attachments.renew(*digest)) return std::move(empty(200).with(std::string(complete_field), "?1"));
  return with_offset(empty(204), node.attachments.kept(*digest));
}

}  // namespace

// Files wait for the slow lane, never for the ledger.
void add_material_routes(Service& service, server::Node& node) {
  const std::string at = "/api/v1/materials/{}";
  const auto most = service.limits.material_bytes;
  service.router.add({Method::Put, at, BodyKind::Binary, most, Toll::Usual, {},
                      [&node, &service](const Request& request) { return open_whole(node, service, request); },
                      [&node](Request, std::shared_ptr<BodySink> sink, Reply reply) { store(node, std::move(sink), std::move(reply)); },
                      true, {}, Needs::Files});
  service.router.add({Method::Patch, at, BodyKind::Binary, most, Toll::Usual, {},
                      [&node, &service](const Request& request) { return open_piece(node, service, request); },
                      [&node](Request request, std::shared_ptr<BodySink> sink, Reply reply) {
                        store_piece(node, request, std::move(sink), std::move(reply));
                      },
                      true, {}, Needs::Files});
  service.router.add({Method::Head, at, BodyKind::None, 0, Toll::Usual,
                      [&node](Request request, Reply reply) { reply(how_much(node, request)); }, {}, {}, true, {}, Needs::Nothing});
}

}  // namespace tongban::http
