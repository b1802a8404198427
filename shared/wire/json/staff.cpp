#include "shared/wire/json/staff.h"

#include "shared/wire/json/reading.h"
#include "shared/wire/json/writing.h"

namespace tongban::wire::json {

std::string write_sign_in(const SignIn& sign_in) {
  Output out;
  out.object().text("account", sign_in.account).text("password", sign_in.password).end_object();
  return out.take();
}

Expected<SignIn> read_sign_in(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  SignIn sign_in{members.text("account", 200), members.text("password", 400)};
  members.finish();
  return result(reading, std::move(sign_in));
}

std::string write_staff_session(const casework::StaffSession& session) {
  Output out;
  out.object().text("account", session.account).text("name", session.name).text("role", casework::name_of(session.role));
  out.id_if("centre", session.centre).text("csrf", session.csrf).end_object();
  return out.take();
}

Expected<casework::StaffSession> read_staff_session(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  casework::StaffSession session;
  session.account = members.text("account", 200);
  session.name = members.text("name", 400);
  session.role = members.one_of("role", casework::role_named);
  session.centre = members.id_or_empty<CentreId>("centre");
  session.csrf = members.text("csrf", 200);
  members.finish();
  return result(reading, std::move(session));
}

}  // namespace tongban::wire::json
