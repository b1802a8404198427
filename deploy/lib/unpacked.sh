# Debian's packages unpacked into a folder of ours, not installed: no service starts, nothing of the machine changes, and no
# rights are needed. What the machine has already is not fetched again. Sourced after common.sh.

# What apt would have to install, the packages' own needs included.
lacking_packages() {
  apt-get -s -o Debug::NoLocking=1 install --no-install-recommends "$@" | awk '$1 == "Inst" && $3 !~ /^\[/ { print $2 }'
}

# unpack_packages FOLDER PACKAGE…   into FOLDER/root; anew each time
unpack_packages() {
  local folder=$1 lacking=() archive names
  shift
  names=$(lacking_packages "$@") || fail "Debian's packages could not be looked up: run apt-get update and try again."
  # Only a compiler inside PostgreSQL needs LLVM, and it is switched off; that is two thirds of what would be fetched.
  if [[ $names ]]; then mapfile -t lacking < <(grep -v '^lib\(llvm\|z3\)' <<<"$names"); fi
  rm -rf "$folder/root" "$folder/archives"
  mkdir -p "$folder/root" "$folder/archives"
  ((${#lacking[@]})) || return 0
  note "fetching ${#lacking[@]} Debian packages, to be unpacked only"
  (cd "$folder/archives" && quietly "$folder/logs/apt.log" \
    "these Debian packages could not be fetched: run apt-get update and try again: $*" apt-get -q download "${lacking[@]}")
  for archive in "$folder"/archives/*.deb; do dpkg -x "$archive" "$folder/root"; done
  rm -rf "$folder/archives"
}

# testssl.sh of a newer suite, by an apt configuration of its own: Debian 12's gives no grade. Sourced after apt_source.sh.
fetch_testssl() {
  local folder=$TONGBAN_DEPS/testssl
  if [[ -f $folder/stamp ]]; then return 0; fi
  say "testssl.sh for the tests"
  rm -rf "$folder"
  mkdir -p "$folder/download" "$TONGBAN_DEPS/logs"
  (
    APT_PRIVATE=$TONGBAN_DEPS/apt-packages
    apt_source_init deb
    apt_source_update
    cd "$folder/download"
    quietly "$TONGBAN_DEPS/logs/testssl.log" "testssl.sh could not be fetched: check the network and run this again" \
      apt_private apt-get -q download "testssl.sh/$APT_NEWER_SUITE"
  )
  dpkg -x "$folder"/download/*.deb "$folder"
  rm -rf "$folder/download"
  touch "$folder/stamp"
}

# The database server that the tests of the PostgreSQL store start for themselves. With nothing to do, it touches no network.
fetch_test_database() {
  local folder=$TONGBAN_DEPS/postgres
  if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [[ -f $folder/stamp ]]; then return 0; fi
  say "PostgreSQL for the tests"
  unpack_packages "$folder" postgresql
  touch "$folder/stamp"
}
