// What the node answers, one file a resource: each function adds its routes to the router. Handlers run on the
// network thread, hand their work to the ledger or the slow lane, and answer when that has ended.
#pragma once

#include <functional>
#include <string>

#include "server/http/listener.h"
#include "server/http/static_site.h"
#include "server/ports/node.h"

namespace tongban::http {

/// /healthz, /readyz, /metrics, /api/v1/node, /api/v1/openapi.yaml
struct NodeHandlers {
  std::function<Expected<void>()> ready;  ///< says why not
  std::string description;                ///< server/openapi.yaml
};
void add_node_routes(Service& service, server::Node& node, NodeHandlers with);

/// /catalogue/…: files of `folder`, replaced by the compiler while the node runs.
void add_catalogue_routes(Service& service, server::Node& node, const std::string& folder);

/// Everything else: the portal.
void add_site_routes(Service& service, const StaticSite& site);

/// PUT, PATCH and HEAD /api/v1/materials/<digest>
void add_material_routes(Service& service, server::Node& node);

/// /api/v1/staff/session
void add_sign_in_routes(Service& service, server::Node& node);

/// POST /api/v1/submissions, GET of one by its id, and what a resident does with number and secret under /api/v1/cases/…
void add_resident_routes(Service& service, server::Node& node);

/// /api/v1/staff/cases…
void add_staff_routes(Service& service, server::Node& node);

/// POST /api/v1/staff/carried
void add_carried_routes(Service& service, server::Node& node);

/// What to do with octets from another node; supplied by main, since this folder doesn't know the exchange.
struct ExchangeHandlers {
  server::TakeOctets take_envelope, take_parcel, take_recall;
};
/// POST /exchange/v1/envelopes, /exchange/v1/parcels, /exchange/v1/recalls
void add_exchange_routes(Service& service, ExchangeHandlers with);

}  // namespace tongban::http
