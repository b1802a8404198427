#include "shared/wire/json/workload.h"

#include "shared/casework/access.h"
#include "shared/wire/json/reading.h"
#include "shared/wire/json/writing.h"

namespace tongban::wire::json {
namespace {

using casework::CentreCount;
using casework::LateLetters;

constexpr std::size_t most_counts = 10'000, most_lanes = 100'000;

void write_letters(Output& out, const char* name, const std::vector<LateLetters>& letters) {
  out.array(name);
  for (const LateLetters& one : letters) {
    out.object().id("from", one.from).id("to", one.to).number("letters", static_cast<std::uint32_t>(one.letters));
    if (one.oldest.ms > 0) out.instant("oldest", one.oldest);
    out.end_object();
  }
  out.end_array();
}

std::vector<LateLetters> read_letters(Reading& reading, Members& members, const char* name) {
  std::vector<LateLetters> letters;
  members.elements(name, most_lanes, true, [&](const Value& value, std::string at) {
    Members inside(reading, value, std::move(at));
    LateLetters one{inside.id<CentreId>("from"), inside.id<CentreId>("to"), inside.number("letters"), {}};
    one.oldest = inside.instant_if_there("oldest").value_or(Instant{});
    inside.finish();
    letters.push_back(std::move(one));
  });
  return letters;
}

}  // namespace

std::string write_workload(const casework::Workload& workload) {
  Output out;
  out.object().array("counts");
  for (const CentreCount& one : workload.counts) {
    out.object().id("centre", one.holder).text("list", casework::name_of(one.list)).number("cases", static_cast<std::uint32_t>(one.cases));
    out.instant("oldest", one.oldest).end_object();
  }
  out.end_array();
  write_letters(out, "late", workload.late);
  write_letters(out, "missing", workload.missing);
  out.end_object();
  return out.take();
}

Expected<casework::Workload> read_workload(std::string_view text) {
  Reading reading(text);
  Members members(reading, reading.root(), "");
  casework::Workload workload;
  members.elements("counts", most_counts, true, [&](const Value& value, std::string at) {
    Members inside(reading, value, std::move(at));
    CentreCount one;
    one.holder = inside.id<CentreId>("centre");
    one.list = inside.one_of("list", casework::work_list_named);
    one.cases = inside.number("cases");
    one.oldest = inside.instant("oldest");
    inside.finish();
    workload.counts.push_back(std::move(one));
  });
  workload.late = read_letters(reading, members, "late");
  workload.missing = read_letters(reading, members, "missing");
  members.finish();
  return result(reading, std::move(workload));
}

}  // namespace tongban::wire::json
