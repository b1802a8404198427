#include "client/app/line_watch.h"

#include <utility>

namespace tongban::app {

bool LineWatch::browser_says(bool online) {
  const bool before = std::exchange(model_.online, online), back = online && !before;
  if (back) model_.answering = true;   // until the requests that follow say otherwise
  else look();
  return back;
}

bool LineWatch::heard(int status) {
  const bool before = std::exchange(model_.answering, status != 0);
  return model_.answering && !before;
}

void LineWatch::look() {
  if (!model_.online || model_.answering || model_.now - asked_ < pause) return;
  asked_ = model_.now;
  outlet_.fetch({.method = "HEAD", .url = "/healthz", .headers = {}, .body = {}}, [](const event::Response&) {});
}

}  // namespace tongban::app
