# Debian's packages and their sources without touching the machine's apt: a configuration of its own, inside the
# build tree, derived from the machine's sources. Checksums and signatures are apt's.
#
# apt_source_init [TYPE]     writes that configuration (needs no network); TYPE deb: for packages, not their sources
# apt_source_fetch PACKAGE SUITE MINIMUM DIRECTORY [--tar-only]
#                            leaves the unpacked source in DIRECTORY

APT_PRIVATE=$TONGBAN_DEPS/apt
APT_NEWER_SUITE=forky

# Prints "URI<TAB>Signed-By" of the machine's Debian archive (not of security or third parties):
# the first source, in either format, that offers the suite $1 with the component main.
machine_archive() {
  local suite=$1 files=()
  shopt -s nullglob
  files=(/etc/apt/sources.list.d/*.sources)
  shopt -u nullglob
  if ((${#files[@]})); then
    # deb822. A field may go on over lines that begin with a space; an embedded key does so.
    awk -v suite="$suite" '
      function field(name,   v) { v = fields[name]; gsub(/^[ \t]+|[ \t]+$/, "", v); return v }
      function done_stanza(   uris, n) {
        if ((" " field("suites") " ") ~ (" " suite " ") && (" " field("types") " ") ~ / deb / &&
            (" " field("components") " ") ~ / main / && tolower(field("enabled")) != "no") {
          n = split(field("uris"), uris, /[ \t]+/)
          if (n > 0) { print uris[1] "\t" (field("signed-by") ~ /^\/[^ ]*$/ ? field("signed-by") : ""); found = 1 }
        }
        split("", fields); last = ""
      }
      /^#/ { next }
      /^[ \t]*$/ { if (!found) done_stanza(); next }
      /^[ \t]/ { fields[last] = fields[last] " " $0; next }
      { i = index($0, ":"); last = tolower(substr($0, 1, i - 1)); fields[last] = substr($0, i + 1) }
      END { if (!found) done_stanza() }
    ' < <(for f in "${files[@]}"; do cat "$f"; printf '\n\n'; done) | head -n 1 | grep . && return 0
  fi
  shopt -s nullglob
  files=(/etc/apt/sources.list /etc/apt/sources.list.d/*.list)
  shopt -u nullglob
  # Classic lines: deb [signed-by=/key arch=amd64] URI SUITE COMPONENT…
  cat "${files[@]}" 2>/dev/null | awk -v suite="$suite" '
    $1 == "deb" {
      key = ""; i = 2
      if ($2 ~ /^\[/) {
        for (; i <= NF; i++) {
          option = $i; gsub(/[\[\]]/, "", option)
          if (option ~ /^signed-by=\//) key = substr(option, 11)
          if ($i ~ /\]$/) { i++; break }
        }
      }
      if ($(i + 1) == suite) for (c = i + 2; c <= NF; c++) if ($c == "main") { print $i "\t" key; exit }
    }' | head -n 1 | grep .
}

apt_source_init() {
  local codename archive uri key
  # shellcheck disable=SC1091
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  [[ -n $codename ]] || fail "this system does not name its Debian release in /etc/os-release: use Debian 12 or 13."
  archive=$(machine_archive "$codename") ||
    fail "no Debian source for '$codename main' was found in /etc/apt: add the Debian archive to the machine's sources and run this again."
  uri=${archive%%$'\t'*}
  key=${archive#*$'\t'}
  if [[ -z $key && -f /usr/share/keyrings/debian-archive-keyring.gpg ]]; then
    key=/usr/share/keyrings/debian-archive-keyring.gpg
  fi
  APT_SUITE=$codename
  mkdir -p "$APT_PRIVATE"/{parts,lists/partial,cache/archives/partial}
  {
    printf 'Types: %s\nURIs: %s\nSuites: %s\nComponents: main\n' "${1:-deb-src}" "$uri" "$codename $APT_NEWER_SUITE"
    if [[ -n $key ]]; then printf 'Signed-By: %s\n' "$key"; fi
  } >"$APT_PRIVATE/parts/tongban.sources"
}

apt_private() {
  # The sandbox user is told to be root only for root: _apt may not read a private build folder.
  local options=(
    -o Dir::Etc::sourcelist=/dev/null
    -o "Dir::Etc::sourceparts=$APT_PRIVATE/parts"
    -o "Dir::State::lists=$APT_PRIVATE/lists"
    -o "Dir::Cache=$APT_PRIVATE/cache"
    -o Acquire::Languages=none
    -o Acquire::Retries=3
    -o APT::Sandbox::User=root
  )
  "$@" "${options[@]}"
}

apt_source_update() {
  if [[ -n ${APT_SOURCE_UPDATED:-} ]]; then return 0; fi
  note "reading Debian's list of packages"
  quietly "$TONGBAN_DEPS/logs/apt-update.log" \
    "Debian's list of packages could not be read: check the network and run this again" \
    apt_private apt-get update
  APT_SOURCE_UPDATED=1
}

apt_source_fetch() {
  local package=$1 suite=$2 minimum=$3 directory=$4 option=${5:-}
  local download=$TONGBAN_DEPS/download/$package archive version
  apt_source_update
  rm -rf "$download" "$directory" "$directory.part"
  mkdir -p "$download"
  note "fetching $package ($suite)"
  (
    cd "$download"
    quietly "$TONGBAN_DEPS/logs/$package.log" \
      "the Debian source of $package could not be fetched: check the network and run this again" \
      apt_private apt-get source --download-only ${option:+"$option"} "$package/$suite"
  )
  archive=$(find "$download" -name '*.orig.tar.*' ! -name '*.asc' | head -n 1)
  version=$(basename "$archive")
  version=${version#*_}
  version=${version%%.orig.tar.*}
  if dpkg --compare-versions "$version" lt "$minimum"; then
    fail "$package is $version here, but Tongban needs $minimum or newer: use a newer suite in deploy/lib/apt_source.sh."
  fi
  if [[ $option == --tar-only ]]; then
    mkdir -p "$directory.part"
    tar -xf "$archive" -C "$directory.part" --strip-components=1 ||
      fail "the source of $package could not be unpacked: free some disk space, delete $download and run this again."
  else
    # apt has checked the files against the archive's signed list: --no-check only skips the
    # maintainer's own signature, whose key a bare machine doesn't have.
    quietly "$TONGBAN_DEPS/logs/$package-unpack.log" \
      "the source of $package could not be unpacked: free some disk space and run this again" \
      dpkg-source --no-check -x "$(find "$download" -name '*.dsc' | head -n 1)" "$download/unpacked"
    mv "$download/unpacked" "$directory.part"
  fi
  mv "$directory.part" "$directory"
  printf '%s\n' "$version" >"$directory/.version"
  rm -rf "$download"
}
