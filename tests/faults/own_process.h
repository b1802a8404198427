// Something done in a process of its own, since it may end there.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

namespace tongban::faults {

/// What `act` gives, or the code that the process has ended with; -1 when it was killed.
template <typename Act>
int in_its_own_process(Act act) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(act());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// EX_IOERR: a sync has failed.
inline constexpr int for_the_disk = 74;

}  // namespace tongban::faults
