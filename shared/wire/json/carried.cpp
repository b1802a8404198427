#include "shared/wire/json/carried.h"

#include "shared/wire/json/parts.h"

namespace tongban::wire::json {
namespace {

constexpr std::size_t longest_carried = 16 * 1024;  // octets; three of the largest codes hold less than three thousand

}  // namespace

std::string write_carried(ByteView octets) {
  Output out;
  out.object().base64url("carried", octets).end_object();
  return out.take();
}

Expected<Bytes> read_carried(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  Bytes octets = members.base64url("carried", longest_carried);
  members.finish();
  return result(reading, std::move(octets));
}

std::string write_opened_carried(const OpenedCarried& opened) {
  Output out;
  out.object().key("application");
  write(out, opened.application);
  out.id_if("number", opened.number).id_if("centre", opened.centre).end_object();
  return out.take();
}

Expected<OpenedCarried> read_opened_carried(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  OpenedCarried opened;
  if (const Value* application = members.member("application")) opened.application = read_application(reading, *application, members.path("application"));
  opened.number = members.id_or_empty<CaseNumber>("number");
  opened.centre = members.id_or_empty<CentreId>("centre");
  members.finish();
  return result(reading, std::move(opened));
}

}  // namespace tongban::wire::json
