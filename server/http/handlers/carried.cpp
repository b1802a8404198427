// What somebody has carried to the window: opened with the city's intake key, and shown to whoever will file it.
//
// Nothing is stored but that it was read, and by whom: it becomes a case when the window files the sheet.
#include "server/http/errors.h"
#include "server/http/handlers/common.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/intake.h"
#include "shared/usecases/carry.h"
#include "shared/wire/json/carried.h"

namespace tongban::http {
namespace {

using wire::json::OpenedCarried;

void open(server::Node& node, const Request& request, Reply reply) {
  const auto octets = wire::json::read_carried(request.body);
  if (!octets) return reply(failure(octets.error()));
  auto held = std::make_shared<Reply>(std::move(reply));
  server::write<OpenedCarried>(
      node.ledger,
      [octets = *octets, intake = node.intake, with = credentials(node, request), footing = node.footing()](server::Transaction& tx) -> Expected<OpenedCarried> {
        const auto now = footing.node->clock.now();
        TRY(const auto who, signed_in(tx, with, now));
        if (who.account.role != casework::Role::Window) return Error(errors::RoleForbidden);
        OpenedCarried opened;
        TRY(opened.application, usecases::open_carried(octets, *intake));
        TRY(const auto here, received_case(tx, opened.application.submission_id));
        if (here) {
          opened.number = here->row.number;
          opened.centre = here->row.key.holder;
        }
        TRY_VOID(tx.append_reading(server::reading(who.account.account.text(), "carried", opened.application.submission_id.hex(), now)));
        return opened;
      },
      [held](Expected<OpenedCarried> opened) {
        (*held)(opened ? json(200, wire::json::write_opened_carried(*opened)) : failure(opened.error()));
      });
}

}  // namespace

void add_carried_routes(Service& service, server::Node& node) {
  service.router.post("/api/v1/staff/carried", service.limits.json_bytes, [&node](Request request, Reply reply) { open(node, request, std::move(reply)); });
}

}  // namespace tongban::http
