// POST /exchange/v1/envelopes, …/parcels and …/recalls: what other nodes bring. No cookie, no account: the line's
// certificate says who brings it, and its signature whom it comes from.
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"

namespace tongban::http {
namespace {

Handler take(server::TakeOctets with) {
  return [with = std::move(with)](Request request, Reply reply) {
    auto held = std::make_shared<Reply>(std::move(reply));
    auto caller = request.node ? server::Caller(NodeId(*request.node)) : std::nullopt;
    with(std::move(caller), std::move(request.octets), [held, place = request.place](Expected<Bytes> answer) {
      if (!answer) return (*held)(failure(answer.error()));
      Response response{.status = 200, .headers = {}, .body = std::string(as_text(*answer)), .file = {}};
      response.with("Content-Type", "application/octet-stream").with("Cache-Control", "no-store");
      (*held)(std::move(response));
    });
  };
}

}  // namespace

void add_exchange_routes(Service& service, ExchangeHandlers with) {
  const auto places = std::make_shared<Places>(service.limits.parcels);
  const auto add = [&](std::string at, std::uint64_t most, server::TakeOctets take_octets) {
    service.router.add({Method::Post, std::move(at), BodyKind::Binary, most, Toll::Free, take(std::move(take_octets)), {}, {}, true, places});
  };
  add("/exchange/v1/envelopes", service.limits.envelope_bytes, std::move(with.take_envelope));
  // A sealed file is a little longer than the file.
  add("/exchange/v1/parcels", service.limits.material_bytes + 4096, std::move(with.take_parcel));
  add("/exchange/v1/recalls", 4096, std::move(with.take_recall));
}

}  // namespace tongban::http
