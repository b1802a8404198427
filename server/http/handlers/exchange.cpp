// POST /exchange/v1/envelopes, …/parcels and …/recalls: what other nodes bring. No cookie, no account: the line's
// certificate says who brings it, and its signature whom it comes from.
#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"

namespace tongban::http {
namespace {

Handler take(server::Node& node, server::TakeOctets with) {
  return [&node, with = std::move(with)](Request request, Reply reply) {
    if (node.ledger.waiting() > node.most_waiting) return reply(wait_first(errors::TooMany, 1));
    auto held = std::make_shared<Reply>(std::move(reply));
    auto caller = request.node ? server::Caller(NodeId(*request.node)) : std::nullopt;
    with(std::move(caller), Bytes(request.body.begin(), request.body.end()), [held](Expected<Bytes> answer) {
      if (!answer) return (*held)(failure(answer.error()));
      Response response{.status = 200, .headers = {}, .body = std::string(as_text(*answer)), .file = {}};
      (*held)(response.with("Content-Type", "application/octet-stream").with("Cache-Control", "no-store"));
    });
  };
}

}  // namespace

void add_exchange_routes(Service& service, server::Node& node, ExchangeHandlers with) {
  service.router.add({Method::Post, "/exchange/v1/envelopes", BodyKind::Binary, service.limits.envelope_bytes, Toll::Free,
                      take(node, std::move(with.take_envelope)), {}, {}});
  // A sealed file is a little longer than the file.
  service.router.add({Method::Post, "/exchange/v1/parcels", BodyKind::Binary, service.limits.material_bytes + 4096, Toll::Free,
                      take(node, std::move(with.take_parcel)), {}, {}});
  service.router.add({Method::Post, "/exchange/v1/recalls", BodyKind::Binary, 4096, Toll::Free, take(node, std::move(with.take_recall)), {}, {}});
}

}  // namespace tongban::http
