#include "server/http/handlers/handlers.h"

namespace tongban::http {

void add_site_routes(Service& service, const StaticSite& site) {
  service.router.otherwise([&site](Request request, Reply reply) { reply(site.serve(request)); });
}

}  // namespace tongban::http
