// Who answers here, and is it well.
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"
#include "shared/wire/json/node.h"

namespace tongban::http {
namespace {

std::string node_json(const server::Node& node) {
  wire::json::NodeAnswer answer;
  answer.node = node.id;
  answer.version = node.version;
  answer.centres.assign(node.centres.begin(), node.centres.end());
  answer.catalogue_version = node.catalogue ? node.catalogue->version : 0;
  answer.server_time = node.clock.now();
  return wire::json::write_node(answer);
}

}  // namespace

void add_node_routes(Service& service, server::Node& node, NodeHandlers with) {
  auto& router = service.router;
  router.get("/healthz", [](Request, Reply reply) { reply(text(200, "ok\n")); }, Toll::Free, Needs::Nothing);
  router.get("/readyz", [ready = with.ready](Request, Reply reply) {
    const auto state = ready();
    reply(state ? text(200, "ready\n") : text(503, std::string(state.error().code->en) + "\n"));
  }, Toll::Free, Needs::Nothing);
  router.get("/metrics", [&service](Request, Reply reply) {
    Response response{.status = 200, .headers = {}, .body = service.metrics.prometheus(), .file = {}};
    reply(response.with("Content-Type", "text/plain; version=0.0.4; charset=utf-8").with("Cache-Control", "no-store"));
  }, Toll::Free, Needs::Nothing);
  router.get("/api/v1/node", [&node](Request, Reply reply) { reply(json(200, node_json(node))); }, Toll::Usual, Needs::Nothing);
  router.get("/api/v1/openapi.yaml", [description = std::move(with.description)](Request, Reply reply) {
    Response response{.status = 200, .headers = {}, .body = description, .file = {}};
    reply(response.with("Content-Type", "application/yaml; charset=utf-8").with("Cache-Control", "no-cache"));
  }, Toll::Usual, Needs::Nothing);
}

}  // namespace tongban::http
