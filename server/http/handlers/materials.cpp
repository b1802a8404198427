// PUT and HEAD /api/v1/materials/<digest>: photographs come before the submission that names them.
#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"

namespace tongban::http {
namespace {

/// Feeds an upload; a material that is already there is read over and thrown away.
class MaterialSink final : public BodySink {
 public:
  explicit MaterialSink(std::unique_ptr<server::Upload> upload) : upload_(std::move(upload)) {}
  Expected<void> write(ByteView piece) override { return upload_ ? upload_->write(piece) : Expected<void>(); }
  Expected<void> finish() { return upload_ ? upload_->finish() : Expected<void>(); }
  bool fresh() const { return upload_ != nullptr; }

 private:
  std::unique_ptr<server::Upload> upload_;
};

Expected<std::shared_ptr<BodySink>> open_sink(server::Node& node, const Request& request) {
  const auto digest = digest_from_hex(request.captures.at(0));
  if (!digest) return Error(errors::MaterialUnknown);
  if (node.attachments.find(*digest)) return std::shared_ptr<BodySink>(std::make_shared<MaterialSink>(nullptr));
  TRY(auto upload, node.attachments.begin(*digest));
  return std::shared_ptr<BodySink>(std::make_shared<MaterialSink>(std::move(upload)));
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

}  // namespace

void add_material_routes(Service& service, server::Node& node) {
  const std::string at = "/api/v1/materials/{}";
  service.router.add({Method::Put, at, BodyKind::Binary, service.limits.material_bytes, Toll::Usual, {},
                      [&node](const Request& request) { return open_sink(node, request); },
                      [&node](Request, std::shared_ptr<BodySink> sink, Reply reply) { store(node, std::move(sink), std::move(reply)); }});
  // Whether it is there, for resuming; the octets themselves are only for those who may see the case.
  service.router.add({Method::Head, at, BodyKind::None, 0, Toll::Usual,
                      [&node](Request request, Reply reply) {
                        const auto digest = digest_from_hex(request.captures.at(0));
                        reply(digest && node.attachments.find(*digest) ? empty(200) : failure(errors::MaterialUnknown));
                      },
                      {}, {}});
}

}  // namespace tongban::http
