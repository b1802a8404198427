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

# The database server that the tests of the PostgreSQL store start for themselves. With nothing to do, it touches no network.
fetch_test_database() {
  local folder=$TONGBAN_DEPS/postgres
  if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [[ -f $folder/stamp ]]; then return 0; fi
  say "PostgreSQL for the tests"
  unpack_packages "$folder" postgresql
  touch "$folder/stamp"
}
