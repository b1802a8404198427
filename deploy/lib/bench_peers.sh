# The field's peers for deploy/bench --peers. Sourced after common.sh and unpacked.sh.

TONGBAN_PEERS=${TONGBAN_PEERS:-$TONGBAN_DEPS/peers}
export TONGBAN_PEERS

PEER_PACKAGES=(postgresql nginx-light rabbitmq-server)

peers_recipe() {
  printf '%s ' "${PEER_PACKAGES[@]}"
  cat "$TONGBAN_ROOT"/deploy/npm-peers/{package.json,package-lock.json,.npmrc} | sha256sum
}

# Erlang's own start script knows only the folder that Debian installs it to.
peers_place_erlang() {
  local runtime=$1/usr/lib/erlang
  [[ -d $runtime ]] || return 0
  mkdir -p "$1/tongban"
  cat >"$1/tongban/erl" <<'SCRIPT'
#!/bin/sh
ROOTDIR=$(dirname "$(dirname "$(readlink -f "$0")")")/usr/lib/erlang
BINDIR=$(dirname "$(ls "$ROOTDIR"/erts-*/bin/erlexec)")
export ROOTDIR BINDIR EMU=beam PROGNAME=erl
exec "$BINDIR/erlexec" "$@"
SCRIPT
  chmod 755 "$1/tongban/erl"
}

peers_fetch_packages() {
  unpack_packages "$TONGBAN_PEERS" "${PEER_PACKAGES[@]}"
  peers_place_erlang "$TONGBAN_PEERS/root"
}

peers_fetch_npm() {
  note "fetching the npm packages named in deploy/npm-peers/package-lock.json"
  rm -rf "$TONGBAN_PEERS/npm"
  mkdir -p "$TONGBAN_PEERS/npm"
  cp "$TONGBAN_ROOT"/deploy/npm-peers/{package.json,package-lock.json,.npmrc} "$TONGBAN_PEERS/npm/"
  (cd "$TONGBAN_PEERS/npm" && quietly "$TONGBAN_PEERS/logs/npm.log" \
    "the peers' npm packages could not be fetched: check the network and run this again" \
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
}

# With nothing to do, it touches no network.
fetch_peers() {
  local stamp=$TONGBAN_PEERS/stamp
  if [[ -f $stamp && $(<"$stamp") == "$(peers_recipe)" ]]; then return 0; fi
  say "the peers of the benchmarks"
  mkdir -p "$TONGBAN_PEERS/logs"
  rm -f "$stamp"
  peers_fetch_packages
  peers_fetch_npm
  peers_recipe >"$stamp"
}
