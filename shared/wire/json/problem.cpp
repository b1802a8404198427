#include "shared/wire/json/problem.h"

#include "shared/wire/json/reading.h"
#include "shared/wire/json/writing.h"

namespace tongban::wire::json {

Problem problem_of(const Error& error, int status) { return {status, error.code->name, error.zh(), error.en(), error.where}; }

std::string write_problem(const Problem& problem) {
  Output out;
  out.object().text("type", "about:blank").text("title", problem.en).number("status", static_cast<std::uint32_t>(problem.status));
  out.text("code", problem.code).text("zh", problem.zh).text("en", problem.en).text_if("field", problem.field).end_object();
  return out.take();
}

Expected<Problem> read_problem(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  members.text_or_empty("type");
  members.text_or_empty("title");
  Problem problem;
  problem.status = static_cast<int>(members.number("status"));
  problem.code = members.text("code", 100);
  problem.zh = members.text("zh");
  problem.en = members.text("en");
  problem.field = members.text_or_empty("field");
  return result(reading, std::move(problem));  // others may add members: RFC 9457, 3.2
}

}  // namespace tongban::wire::json
