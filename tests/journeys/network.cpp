#include "tests/journeys/network.h"

namespace tongban::journeys {

Faults Faults::from(fakes::SeededRandom& random) {
  const auto some = [&](unsigned most) { return random.chance(30) ? 0u : static_cast<unsigned>(random.below(most)); };
  Faults faults;
  faults.lost = some(50);
  faults.doubled = some(40);
  faults.late = some(50);
  faults.garbled = some(10);
  faults.broken_line = some(30);
  faults.cut = some(30);
  faults.failed_commit = some(20);
  faults.clock_jump = some(5);
  faults.file_lost = some(50);
  faults.stranger = some(8);
  faults.disk_lost = some(4);
  return faults;
}

bool Network::fault(unsigned percent) {
  const bool happens = world_.random.chance(percent);
  played_ += happens ? 1 : 0;
  return happens;
}

void Network::send(const CentreId& from, const CentreId& to, std::string what, Bytes octets, Arrive arrive) {
  if (broken_.contains({from, to}) || fault(faults_.lost)) return world_.note(what + ": lost");
  // What a device sends is kept whole by TLS; envelopes must stand on their own signature.
  if (!from.empty() && !octets.empty() && fault(faults_.garbled)) {
    octets[world_.random.below(octets.size())] ^= static_cast<std::uint8_t>(1 + world_.random.below(255));
    what += " (garbled)";
  }
  if (fault(faults_.doubled)) late_.push_back({from, what + " (again)", octets, arrive});
  if (fault(faults_.late)) {
    late_.push_back({from, what + " (late)", std::move(octets), std::move(arrive)});
    return;
  }
  world_.note(what);
  arrive(octets);
}

bool Network::deliver_late() {
  if (late_.empty()) return false;
  deliver(world_.random.below(late_.size()));
  return true;
}

void Network::deliver(std::size_t at) {
  const Late late = std::move(late_[at]);
  late_.erase(late_.begin() + static_cast<std::ptrdiff_t>(at));
  world_.note(late.what);
  late.arrive(late.octets);
}

void Network::end_lines_of(const CentreId& office) {
  const auto of_office = [&](const Late& late) { return late.from == office; };
  for (auto at = std::find_if(late_.begin(), late_.end(), of_office); at != late_.end(); at = std::find_if(late_.begin(), late_.end(), of_office)) {
    if (world_.random.chance(50)) deliver(static_cast<std::size_t>(at - late_.begin()));
    else late_.erase(at);
  }
}

void Network::change_lines() {
  if (!broken_.empty() && world_.random.chance(50)) {
    broken_.clear();
    return world_.note("all lines are mended");
  }
  if (!fault(faults_.broken_line)) return;
  const auto& all = centres();
  const CentreId& from = all[world_.random.below(all.size())];
  const CentreId to = world_.random.chance(20) ? CentreId() : all[world_.random.below(all.size())];
  const bool both_ways = world_.random.chance(50);
  broken_.insert({from, to});
  if (both_ways) broken_.insert({to, from});
  world_.note(std::string("the line ") + letter_of(from) + (both_ways ? "=" : "-") + letter_of(to) + " breaks");
}

void Network::calm() {
  faults_ = Faults::none();
  broken_.clear();
}

}  // namespace tongban::journeys
