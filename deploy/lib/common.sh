# What the scripts of deploy/ share: where things are, how they speak, how they fail.
# Sourced, never run. Every script that sources it has `set -euo pipefail` already.

TONGBAN_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
TONGBAN_DEPS=${TONGBAN_DEPS:-$TONGBAN_ROOT/build/deps}
export TONGBAN_ROOT TONGBAN_DEPS

# Perl, apt and dpkg complain about locales that a bare machine doesn't have, and sort by them.
export LC_ALL=C.UTF-8

# A fresh clone in another folder finds what an earlier one has compiled.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$TONGBAN_ROOT} CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-1}

say() { printf '%s\n' "== $*"; }
note() { printf '%s\n' "   $*"; }

# The one sentence that a failing step ends with: what to do, not what broke inside.
fail() {
  printf '\n%s\n' "tongban: $*" >&2
  exit 1
}

# The guard of an option that takes a value: needs_value "$@", with the option in front.
needs_value() { (($# > 1)) || { usage >&2; fail "$1 needs a value."; }; }

# Runs a command with its output in a log; on failure shows the log's end and the sentence.
# quietly LOG SENTENCE COMMAND…
quietly() {
  local log=$1 sentence=$2
  shift 2
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    fail "$sentence (the whole log: $log)"
  fi
}

seconds_since() { printf '%d' $((SECONDS - $1)); }

# The Node that runs tools and browser tests: the pinned one if it is unpacked, else the system's.
tools_node() {
  if [[ -x $TONGBAN_DEPS/bin/node ]]; then printf '%s' "$TONGBAN_DEPS/bin/node"; else command -v node; fi
}
