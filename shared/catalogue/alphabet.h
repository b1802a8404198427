// How text stands in canonical bytes: frequent characters in one octet, less frequent ones in two.
//
// UTF-8 spends three octets on every Chinese character; with this table, the packed catalogue is a third smaller.
// README.md, "Text".
#pragma once

#include <string>
#include <string_view>

#include "shared/base/bytes.h"

namespace tongban::catalogue {

/// Appends the text and the zero octet that ends it. Ill-formed UTF-8 becomes U+FFFD.
void append_text(Bytes& out, std::string_view utf8);

/// Takes one text off the front of `in`; false when it is damaged or doesn't end.
bool read_text(ByteView& in, std::string& utf8);

}  // namespace tongban::catalogue
