# Which Debian packages Tongban needs, and how the missing ones are installed. Sourced.

# packages_of GROUP…   prints the package names of the groups run, test, long
packages_of() {
  local group codename boost=
  # shellcheck disable=SC1091
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  # Debian 12's default Boost, 1.74, has neither JSON nor URL.
  if [[ $codename == bookworm ]]; then boost=1.81; fi
  for group in "$@"; do
    case $group in
      run)
        printf '%s\n' \
          g++ cmake ninja-build ccache emscripten \
          "libboost${boost}-dev" "libboost-json${boost}-dev" "libboost-url${boost}-dev" \
          libssl-dev openssl libzstd-dev libsodium-dev libxxhash-dev rapidjson-dev doctest-dev libcli11-dev libyaml-cpp-dev libpq-dev \
          libqrcodegen-dev \
          fonts-noto-cjk fonts-babelstone-han libharfbuzz-bin python3 \
          brotli zstd xz-utils esbuild dpkg-dev ca-certificates
        ;;
      test)
        printf '%s\n' chromium firefox-esr fonts-noto-cjk curl git clang libclang-rt-dev
        ;;
      long)
        # What the unpacked testssl.sh calls.
        printf '%s\n' slowhttptest bsdextrautils procps bind9-dnsutils
        ;;
    esac
  done
  # Another source's Node (as NodeSource's) brings npm in itself and conflicts with Debian's.
  command -v node >/dev/null || printf '%s\n' nodejs
  command -v npm >/dev/null || printf '%s\n' npm
}

package_is_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

missing_packages() {
  local package
  packages_of "$@" | sort -u | while read -r package; do
    package_is_installed "$package" || printf '%s\n' "$package"
  done
}

supported_system() {
  local id like version codename
  # shellcheck disable=SC1091
  read -r id version codename < <(. /etc/os-release && printf '%s %s %s\n' "${ID:-?}" "${VERSION_ID:--}" "${VERSION_CODENAME:-}")
  like=$codename
  [[ $id == debian ]] && { [[ $version == 12 || $version == 13 ]] || [[ $like == forky || $like == sid ]]; }
}

# As root, or by sudo; says why before sudo asks.
as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    sudo "$@"
  fi
}

# Reads apt's status lines and says how far it is, every tenth.
apt_progress() {
  awk -F: -v what="$1" '
    $1 == "dlstatus" || $1 == "pmstatus" {
      step = int($3 / 10) * 10
      phase = $1 == "dlstatus" ? "fetching" : "installing"
      if (phase != last_phase || step > last_step) {
        printf "   %s %s: %d %%\n", phase, what, $3; fflush()
        last_phase = phase; last_step = step
      }
    }'
}

apt_as_root() {
  as_root env DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none \
    apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 "$@"
}

# install_packages GROUP…   installs what is missing; asks nothing of the network if nothing is
install_packages() {
  local missing=() log started=$SECONDS
  mapfile -t missing < <(missing_packages "$@")
  if ((${#missing[@]} == 0)); then return 0; fi

  supported_system || fail "these packages are missing, and only Debian 12 and 13 are known here: install their like by hand and use --no-install: ${missing[*]}"
  if ((EUID != 0)) && ! command -v sudo >/dev/null; then
    fail "packages are missing and there is no sudo: as root, run: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "Debian packages: ${#missing[@]} missing"
  note "${missing[*]}"
  if ((EUID != 0)); then
    note "sudo is used for apt-get, and for nothing else"
    sudo -v || fail "sudo did not let us in: as root, run: apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  fi
  mkdir -p "$TONGBAN_ROOT/build/logs"
  log=$TONGBAN_ROOT/build/logs/apt.log
  # A source of a third party that fails is no reason to stop: the install will tell.
  note "reading the package lists"
  apt_as_root update >"$log" 2>&1 || note "(some package lists could not be read, going on)"
  if ! { apt_as_root install --no-install-recommends -o APT::Status-Fd=3 "${missing[@]}" 3>&1 >>"$log" 2>&1 |
    apt_progress "${#missing[@]} packages"; }; then
    tail -n 20 "$log" >&2
    fail "the packages could not be installed: check the network and /etc/apt, then run this again (the whole log: $log)"
  fi
  say "Debian packages installed in $(seconds_since "$started") s"
}
