// Lets libsodium choose its fastest code for the processor. Every public function of this folder works
// without it, only slower; a native program calls it once, before its threads.
#pragma once

namespace tongban::crypto {

void start();

}  // namespace tongban::crypto
