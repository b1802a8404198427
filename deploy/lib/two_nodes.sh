# Two nodes on one machine, A and B: own databases, keys and centres, one signed directory that names
# both. They exchange by mutual TLS as two centres would. Sourced by deploy/run, which sets program,
# data, port, options, and has sourced trial_tls.sh.

node_pids=()

stop_nodes() {
  local pid
  trap '' INT TERM
  for pid in "${node_pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${node_pids[@]}"; do wait "$pid" 2>/dev/null || true; done
}

# Each node gets a share of the districts, so that a transfer between the two crosses the wire. Made
# once, and anew when the ports are others.
make_directory() {
  local directory=$1 addresses
  shift
  addresses="$*"
  # A trial from before there were intake keys gets one.
  if [[ -f $directory && $(cat "$directory.nodes" 2>/dev/null) == "$addresses" ]] && compgen -G "$data/city-keys/intake-*.key" >/dev/null; then return 0; fi
  "$program" directory make --data "$data" --out "$directory" "$@" ||
    fail "the directory of the two nodes could not be made: give an empty folder with --data."
  printf '%s' "$addresses" >"$directory.nodes"
}

# start_node NAME PORT PEER_PORT
start_node() {
  "$program" serve --data "$data/$1" --node "$1" --port "$2" --directory "$directory" \
    --peer-port "$3" --peer-cert "$tls/$1.crt" --peer-key "$tls/$1.key" --peer-ca "$tls/ca.crt" "${options[@]}" &
  node_pids+=($!)
}

run_two_nodes() {
  local directory=$data/directory.bin tls=$data/tls/nodes status=0
  trial_nodes_make "$tls" a b
  make_directory "$directory" --node "a=https://127.0.0.1:$((port + 2))" --node "b=https://127.0.0.1:$((port + 3))"
  trap 'stop_nodes; exit 0' INT TERM
  start_node a "$port" $((port + 2))
  start_node b $((port + 1)) $((port + 3))
  # One without the other is no trial: when either ends, both do.
  wait -n "${node_pids[@]}" || status=$?
  stop_nodes
  fail "a node ended by itself (status $status): its last lines are above."
}
