// What a process does when there is no memory left.
#pragma once

namespace tongban::platform {

/// From now on an allocation that fails ends the process, whichever thread asked, with one sentence and status 71 (EX_OSERR).
///
/// It isn't thrown through the code: what a library caught on its way, or left half done, would be gone on with. What was
/// acknowledged is on the disk, whoever got no answer sends again, and the next start is over within a second; it is the same
/// end that the kernel gives to a process when the machine has no memory left.
void end_without_memory();

}  // namespace tongban::platform
