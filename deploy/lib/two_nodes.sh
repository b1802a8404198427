# Two nodes on one machine, A and B: own databases, keys and centres, one signed directory that names
# both. They exchange over the wire as two centres would. Sourced by deploy/run, which sets
# program, data, port, options.

# A window of Hongkou and a reviewer of Yangpu stand on different nodes, so the trial's transfer
# crosses the wire: each node serves the centres of its half of the districts.
node_pids=()

stop_nodes() {
  local pid
  trap '' INT TERM
  for pid in "${node_pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${node_pids[@]}"; do wait "$pid" 2>/dev/null || true; done
}

run_two_nodes() {
  local directory=$data/directory.bin status=0
  trap 'stop_nodes; exit 0' INT TERM
  "$program" directory make --data "$data" --out "$directory" \
    --node "a=http://127.0.0.1:$port" --node "b=http://127.0.0.1:$((port + 1))" ||
    fail "the directory of the two nodes could not be made: give an empty folder with --data."
  "$program" serve --data "$data/a" --node a --port "$port" --directory "$directory" "${options[@]}" &
  node_pids+=($!)
  "$program" serve --data "$data/b" --node b --port $((port + 1)) --directory "$directory" "${options[@]}" &
  node_pids+=($!)
  # One without the other is no trial: when either ends, both do.
  wait -n "${node_pids[@]}" || status=$?
  stop_nodes
  fail "a node ended by itself (status $status): its last lines are above."
}
