// The signs, named as in assets/icons/icons.json (first letter capital), in the same order.
// client/ui/icons/compile.mjs makes their drawing commands from that file when the project is built.
#pragma once

#include <cstdint>

namespace tongban::ui {

enum class Icon : std::uint8_t {
  None,
  Search, Home, Doc, Pin, Case, Speak, Big, Contrast, Wifi, Nowifi, Saved, Check, X, Warn, Err,
  Info, Ask, Right, Left, Down, Up, Back, Arrow, Camera, Print, Qr, Cal, Clock, Call, Person,
  People, Trash, Edit, Filter, Lock, Bell, Up2, Inbox, Refresh, Direct, Split, Baby, Work, Med,
  Elder, Wheel, Flat, Heart, Idcard, Archive, Card, Bars, Grid, Swap, More, Plus, Minus, Pause,
  Exit, Bksp, Gear, Walk, Globe, Dot, Layers,
};

}  // namespace tongban::ui
