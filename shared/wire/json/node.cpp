#include "shared/wire/json/node.h"

#include "shared/wire/json/reading.h"
#include "shared/wire/json/writing.h"

namespace tongban::wire::json {

std::string write_node(const NodeAnswer& answer) {
  Output out;
  out.object().id("node", answer.node).text("version", answer.version).array("centres");
  for (const CentreId& centre : answer.centres) out.string(centre.text());
  out.end_array().number("catalogue_version", answer.catalogue_version).instant("server_time", answer.server_time).end_object();
  return out.take();
}

Expected<NodeAnswer> read_node(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  NodeAnswer answer;
  answer.node = members.id<NodeId>("node");
  answer.version = members.text("version", 100);
  members.elements("centres", 1000, true, [&](const Value& one, std::string at) {
    if (one.IsString()) {
      answer.centres.emplace_back(one.GetString());
    } else {
      reading.fail(json_errors::WrongType, std::move(at));
    }
  });
  answer.catalogue_version = members.number("catalogue_version");
  answer.server_time = members.instant("server_time");
  members.finish();
  return result(reading, std::move(answer));
}

}  // namespace tongban::wire::json
