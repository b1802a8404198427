// The app's events and effects as messages of the shell.
#pragma once

#include <optional>

#include "client/app/effect.h"
#include "client/app/event.h"
#include "client/platform/browser/message.h"

namespace tongban::platform {

/// Nothing when the message is none of the app's.
std::optional<app::Event> to_event(const Message& message);

/// Sends what is a plain message. Focus and print need the screen: the program sees to these itself.
void send_effect(const app::Effect& effect, Instant now);

/// The rows of the store's answers: (u32 key length, key, u64 version, u32 blob length, blob)*, little endian.
std::vector<app::event::Row> unpack_rows(ByteView packed);

}  // namespace tongban::platform
