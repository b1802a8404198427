// The vocabulary of options.h: regions, roles, tones, looks.
#pragma once

#include <cstdint>

namespace tongban::ui {

enum class Region : std::uint8_t { Top, Rail, Main, Beside, Bottom, Dialog, Toast };
enum class Axis : std::uint8_t { Column, Row, Grid };
enum class Align : std::uint8_t { Stretch, Start, Center, End, Baseline };
enum class Justify : std::uint8_t { Start, Center, End, Between };
enum class SizeClass : std::uint8_t { Phone, Tablet, Desktop };
enum class TypeSize : std::uint8_t { Normal, Large, Extra, Largest };
enum class Theme : std::uint8_t { Light, Dark };

/// What assistive technology is told a box is. `None` boxes exist for layout only and leave no element.
enum class Role : std::uint8_t {
  None, Group, Section, List, OrderedList, Item, Form, Search, Navigation, Header, Footer, Aside, Status, Alert
};
enum class Style : std::uint8_t { None, Card, Sunk, Band, Tint, Warn, Error, Outlined, Ink };
enum class Tone : std::uint8_t { Ink, Ink2, Ink3, Accent, Warn, Error, OnAccent, OnInk };
enum class TextSize : std::uint8_t { Body, Caption, H3, H2, H1, Display };
enum class Look : std::uint8_t { Segmented, Radio, Chips, Tabs };
enum class ButtonKind : std::uint8_t {
  Outlined,  ///< 1px control border: the usual one
  Filled,    ///< the one main action of a view
  Strong,    ///< 2px accent: an alternative to the main one
  Tint,      ///< tinted fill, accent word ("接着准备")
  Text,      ///< accent word alone
  Danger,    ///< error fill
  Icon,      ///< only the icon, 48 square; the label is its name
  Stacked,   ///< icon over a small word (action bars of the phone)
};
enum class ButtonSize : std::uint8_t { Normal, Small, Big };
enum class FieldKind : std::uint8_t { Text, Name, IdentityNumber, Mobile, Number, Search, Password, Multiline };
enum class Mark : std::uint8_t { Done, Now, NeedsYou, Next, You, Failed };
/// As if the pointer were over it, or pressed it, or the keyboard were on it.
enum class Pose : std::uint8_t { None, Hover, Press, Focus };

}  // namespace tongban::ui
