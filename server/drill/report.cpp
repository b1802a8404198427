#include "server/drill/report.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdarg>
#include <cstdio>

namespace tongban::drill {
namespace {

/// As printf.
__attribute__((format(printf, 1, 2))) std::string text(const char* form, ...) {
  char line[512];
  va_list values;
  va_start(values, form);
  std::vsnprintf(line, sizeof line, form, values);
  va_end(values);
  return line;
}

struct Spread {
  std::size_t count = 0;
  double p50 = 0, p99 = 0, most = 0;
};

Spread spread_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const auto at = [&](double q) { return values[std::min(static_cast<std::size_t>(static_cast<double>(values.size()) * q), values.size() - 1)]; };
  return {values.size(), at(0.5), at(0.99), values.back()};
}

struct Kind {
  const char *key, *says;
  std::vector<double> Latencies::*values;
};
constexpr Kind kinds[] = {{"receipt", "from coming to the receipt", &Latencies::receipt},
                          {"step", "one step of staff", &Latencies::step},
                          {"passing", "from a transfer until the decider can take it up", &Latencies::passing},
                          {"back", "from a decision until its resident sees it at A", &Latencies::back}};

std::size_t passed_on(const Played& played) {
  return static_cast<std::size_t>(std::count_if(played.filed.begin(), played.filed.end(), [](const Filed& one) {
    return !one.decided_by.empty() && one.decided_by != one.received_by;
  }));
}

std::string centre_name(const Town& town, const CentreId& id) {
  const auto* centre = town.catalogue().find(id);
  return centre ? centre->short_name : id.text();
}

boost::json::array array_of(const std::vector<double>& values) { return boost::json::array(values.begin(), values.end()); }

}  // namespace

std::string line_of(const Progress& progress) {
  return text("   %5.0f s: %zu came, %zu have a receipt, %zu are decided, %zu know it\n", progress.seconds, progress.came, progress.filed, progress.decided,
              progress.finished);
}

std::string text_of(const Outcome& outcome) {
  const auto& [town, plan, played, reckoning] = outcome;
  std::string out = text("\n%zu cases at %zu nodes in %.0f s; %zu were passed on to another centre\n", played.filed.size(), town.size(), played.seconds, passed_on(played));
  out += text("%zu kills, %zu stalls; after a kill back within %.0f ms at most\n", played.recoveries.size(), plan.stalls, spread_of(played.recoveries).most);
  for (const auto& kind : kinds) {
    const auto spread = spread_of(played.latencies.*kind.values);
    out += text("  %-52s p50 %8.1f ms   p99 %8.1f ms   most %8.1f ms\n", kind.says, spread.p50, spread.p99, spread.most);
  }
  if (!played.slowest.empty()) out += "  slowest to be reached:";
  for (const auto& [centre, took] : played.slowest) out += ' ' + centre_name(town, centre) + text(" %.0f ms;", took);
  out += played.slowest.empty() ? "" : "\n";
  for (const auto& [what, times] : played.refusals) out += text("  %s: %zu times, and asked again\n", what.c_str(), times);
  out += text("\nacknowledged %zu, lost %zu, done twice %zu, told differently %zu; not finished %zu, letters that wait %llu\n", reckoning.cases, reckoning.lost,
              reckoning.doubled, reckoning.different, played.unfinished, static_cast<unsigned long long>(reckoning.letters_waiting));
  out += text("chains and signatures: %llu events, %llu receipts, %llu letters and answers, %llu readings; faults %zu\n",
              static_cast<unsigned long long>(reckoning.log.events), static_cast<unsigned long long>(reckoning.log.receipts),
              static_cast<unsigned long long>(reckoning.log.letters_and_answers), static_cast<unsigned long long>(reckoning.log.readings),
              reckoning.log.faults.size());
  for (const auto& fault : reckoning.log.faults) out += "  " + fault + '\n';
  return out + (outcome.good() ? "nothing was lost\n" : "this drill has failed: see above\n");
}

std::string json_of(const Outcome& outcome) {
  const auto& [town, plan, played, reckoning] = outcome;
  boost::json::object latencies;
  for (const auto& kind : kinds) {
    const auto spread = spread_of(played.latencies.*kind.values);
    latencies[kind.key] = {{"count", spread.count}, {"p50_ms", spread.p50}, {"p99_ms", spread.p99}, {"most_ms", spread.most}};
  }
  boost::json::object refusals, slowest;
  for (const auto& [what, times] : played.refusals) refusals[what] = times;
  for (const auto& [centre, took] : played.slowest) slowest[centre.text()] = took;
  const boost::json::object report{
      {"nodes", town.size()}, {"seed", plan.seed}, {"planned", plan.day.cases}, {"day_s", static_cast<double>(plan.day.length.count()) / 1000},
      {"peak", plan.day.peak}, {"seconds", played.seconds}, {"acknowledged", reckoning.cases}, {"passed_on", passed_on(played)},
      {"lost", reckoning.lost}, {"doubled", reckoning.doubled}, {"different", reckoning.different}, {"without_receipt", played.without_receipt},
      {"unfinished", played.unfinished}, {"letters_waiting", reckoning.letters_waiting}, {"log_faults", reckoning.log.faults.size()},
      {"stalls", plan.stalls}, {"recoveries_ms", array_of(played.recoveries)}, {"latencies", std::move(latencies)},
      {"slowest_ms", std::move(slowest)}, {"refusals", std::move(refusals)}, {"good", outcome.good()}};
  return boost::json::serialize(report) + '\n';
}

}  // namespace tongban::drill
