#include "client/app/session_watch.h"

#include <algorithm>

namespace tongban::app {
namespace {

using namespace std::chrono_literals;

constexpr auto idle = 120s;

}  // namespace

void SessionWatch::touch() {
  if (!model_.public_browser) return;
  if (!model_.session) model_.session = Session{.begun = model_.now, .last = model_.now};
  // Whoever is asked has to say so: a sleeve on the glass is no answer. And who wakes a device that slept through the
  // question may be somebody else.
  if (!model_.session->ends && model_.now - model_.session->last < idle) model_.session->last = model_.now;
}

bool SessionWatch::over() const {
  const Session& session = *model_.session;
  return session.ends.value_or(session.last + idle + Session::countdown) <= model_.now;
}

void SessionWatch::stay() {
  if (!model_.session || over()) return;
  model_.session->ends.reset();
  model_.session->last = model_.now;
}

bool SessionWatch::tick() {
  if (!model_.session) return false;
  if (over()) return true;
  auto& session = *model_.session;
  if (session.ends || model_.now - session.last < idle) return false;
  session.ends = model_.now + Session::countdown;
  model_.question = Question::StillHere;
  return false;
}

std::optional<Instant> SessionWatch::next_deadline() const {
  if (!model_.session) return std::nullopt;
  const Session& session = *model_.session;
  // The ring of the countdown steps by the second, the clock by the minute.
  const auto step = [&](Instant from, std::chrono::milliseconds by) { return from + by * ((model_.now - from) / by + 1); };
  if (session.ends) return std::min(*session.ends, step(*session.ends + -Session::countdown, 1s));
  return std::min(session.last + idle, step(session.begun, 1min));
}

}  // namespace tongban::app
