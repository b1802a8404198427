# Two nodes on one machine, A and B: own databases, keys and centres, one signed directory that names
# both. They exchange over the wire as two centres would. Sourced by deploy/run, which sets
# program, data, port, options.

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
  if [[ -f $directory && $(cat "$directory.nodes" 2>/dev/null) == "$addresses" ]]; then return 0; fi
  "$program" directory make --data "$data" --out "$directory" "$@" ||
    fail "the directory of the two nodes could not be made: give an empty folder with --data."
  printf '%s' "$addresses" >"$directory.nodes"
}

run_two_nodes() {
  local directory=$data/directory.bin status=0
  make_directory "$directory" --node "a=http://127.0.0.1:$port" --node "b=http://127.0.0.1:$((port + 1))"
  trap 'stop_nodes; exit 0' INT TERM
  "$program" serve --data "$data/a" --node a --port "$port" --directory "$directory" "${options[@]}" &
  node_pids+=($!)
  "$program" serve --data "$data/b" --node b --port $((port + 1)) --directory "$directory" "${options[@]}" &
  node_pids+=($!)
  # One without the other is no trial: when either ends, both do.
  wait -n "${node_pids[@]}" || status=$?
  stop_nodes
  fail "a node ended by itself (status $status): its last lines are above."
}
