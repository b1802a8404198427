// What the shell calls. The octets handed over belong to the shell and are valid during the call.
#include <memory>
#include <string>

#include <emscripten.h>

#include "client/platform/browser/stage.h"

namespace {

tongban::platform::Stage& stage() {
  static tongban::platform::Stage one(tongban::platform::make_program());
  return one;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void tb_event(const char* json, int json_size, const std::uint8_t* blob, int blob_size) {
  const tongban::platform::Message message({json, static_cast<std::size_t>(json_size)}, {blob, static_cast<std::size_t>(blob_size)});
  stage().receive(message);
}

/// Answers what should come next when no message does: a Wish.
EMSCRIPTEN_KEEPALIVE int tb_frame(double now_ms) { return static_cast<int>(stage().frame(now_ms)); }

/// Nobody does anything: plays one act of the rehearsal, and answers whether there is another.
EMSCRIPTEN_KEEPALIVE int tb_rehearse() { return stage().rehearse() ? 1 : 0; }

/// For development and tests: the faults of the screen as text.
EMSCRIPTEN_KEEPALIVE const char* tb_audit() {
  static std::string report;
  report = stage().audit_report();
  return report.c_str();
}

}
