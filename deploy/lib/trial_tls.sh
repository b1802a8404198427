# Trial authorities, not for a real installation. Sourced.
#
# One is for deploy/run --lan: browsers give storage, service workers and crypto to an address other
# than localhost only over TLS.
#   trial_tls_make DIRECTORY    makes or renews ca.crt, node.crt, node.key there; prints nothing
#   trial_tls_explain DIRECTORY PORT    says which addresses to open and how a tablet trusts them
#
# The other vouches for nodes to each other, and for nothing that a browser would believe.
#   trial_nodes_make DIRECTORY NAME…    makes or renews ca.crt, and NAME.crt, NAME.key for each node

# IPv4 addresses of this machine that others can reach.
trial_addresses() {
  hostname -I | tr ' ' '\n' | grep -E '^[0-9]+(\.[0-9]+){3}$' | sort -u || true
}

# The authority may only vouch for this host's names and for private networks: a tablet that trusts
# it must not have to trust it for the rest of the world.
trial_ca_settings() {
  cat <<TEXT
[req]
distinguished_name = name
x509_extensions = ca
prompt = no
[name]
CN = Tongban trial authority on $(hostname)
[ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical, @allowed
[allowed]
permitted;DNS.1 = localhost
permitted;DNS.2 = $(hostname)
permitted;DNS.3 = local
permitted;IP.1 = 10.0.0.0/255.0.0.0
permitted;IP.2 = 172.16.0.0/255.240.0.0
permitted;IP.3 = 192.168.0.0/255.255.0.0
permitted;IP.4 = 127.0.0.0/255.0.0.0
TEXT
  # A new private address must not make a new authority, which each tablet would have to be told.
  local n=5 address
  for address in $(trial_addresses | grep -vE '^(10|127|192\.168|172\.(1[6-9]|2[0-9]|3[01]))\.' || true); do
    printf 'permitted;IP.%d = %s/255.255.255.255\n' "$n" "$address"
    n=$((n + 1))
  done
}

trial_node_settings() {
  cat <<TEXT
[node]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = @names
[names]
DNS.1 = localhost
DNS.2 = $(hostname)
IP.1 = 127.0.0.1
TEXT
  local n=2 address
  for address in $(trial_addresses); do
    printf 'IP.%d = %s\n' "$n" "$address"
    n=$((n + 1))
  done
}

trial_tls_make() {
  local tls=$1 wanted
  command -v openssl >/dev/null || fail "openssl is missing: run deploy/setup (or apt-get install openssl) and try again."
  mkdir -p "$tls"
  chmod 700 "$tls"
  wanted=$(trial_node_settings)
  # Made anew when an address is new or a week of validity is left.
  if [[ -f $tls/node.crt && $(cat "$tls/node.names" 2>/dev/null) == "$wanted" ]] &&
    openssl x509 -checkend 604800 -noout -in "$tls/node.crt" >/dev/null; then
    return 0
  fi
  (
    umask 077
    cd "$tls"
    if [[ ! -f ca.crt ]] || ! trial_ca_covers ca.settings; then
      trial_ca_settings >ca.settings
      openssl ecparam -name prime256v1 -genkey -noout -out ca.key
      openssl req -x509 -new -key ca.key -sha256 -days 365 -config ca.settings -out ca.crt
    fi
    printf '%s\n' "$wanted" >node.settings
    openssl ecparam -name prime256v1 -genkey -noout -out node.key
    openssl req -new -key node.key -subj "/CN=$(hostname)" -out node.csr
    openssl x509 -req -in node.csr -CA ca.crt -CAkey ca.key -CAcreateserial -sha256 -days 90 \
      -extfile node.settings -extensions node -out node.crt
    openssl verify -CAfile ca.crt node.crt
    printf '%s' "$wanted" >node.names
    rm -f node.csr
  ) >"$tls/openssl.log" 2>&1 || {
    tail -n 5 "$tls/openssl.log" >&2
    fail "the trial certificate could not be made: delete $tls and run this again."
  }
}

# Every address of today is within what the authority may vouch for.
trial_ca_covers() {
  [[ -f $1 ]] && diff -q "$1" <(trial_ca_settings) >/dev/null &&
    openssl x509 -checkend 8640000 -noout -in ca.crt >/dev/null
}

trial_tls_explain() {
  local tls=$1 port=$2 address
  say "On a tablet in the same network open:"
  for address in $(trial_addresses); do note "https://$address:$port/"; done
  cat <<TEXT
   First let the tablet trust the trial authority, once:
     1. copy $tls/ca.crt to the tablet (cable, mail, or a shared folder)
     2. Android: Settings, search for "CA certificate", install this file.
        iPad: open the file, install the profile in Settings, then switch it on in
        Settings > General > About > Certificate Trust Settings.
     3. compare the fingerprint: $(openssl x509 -in "$tls/ca.crt" -noout -fingerprint -sha256 | sed 's/.*=//')
   Take it off again after the trial. It can only vouch for private networks and this machine.
TEXT
}

trial_nodes_authority() {
  cat <<TEXT
[req]
distinguished_name = name
x509_extensions = ca
prompt = no
[name]
CN = Tongban trial authority for nodes
[ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical, permitted;IP:127.0.0.0/255.0.0.0
TEXT
}

# Each calls and is called, so its certificate is for both ends; the URI is what the directory is asked about.
trial_nodes_settings() {
  cat <<TEXT
[node]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectAltName = IP:127.0.0.1, URI:tongban:node:$1
TEXT
}

# A month of validity left is enough not to make it anew; a new authority makes all others anew.
trial_nodes_make() {
  local tls=$1 name
  shift
  command -v openssl >/dev/null || fail "openssl is missing: run deploy/setup (or apt-get install openssl) and try again."
  mkdir -p "$tls"
  chmod 700 "$tls"
  (
    umask 077
    cd "$tls"
    if ! openssl x509 -checkend 2592000 -noout -in ca.crt; then
      rm -f -- *.crt
      openssl ecparam -name prime256v1 -genkey -noout -out ca.key
      openssl req -x509 -new -key ca.key -sha256 -days 365 -config <(trial_nodes_authority) -out ca.crt
    fi
    for name in "$@"; do
      if openssl x509 -checkend 2592000 -noout -in "$name.crt"; then continue; fi
      openssl ecparam -name prime256v1 -genkey -noout -out "$name.key"
      openssl req -new -key "$name.key" -subj "/CN=$name" -out "$name.csr"
      openssl x509 -req -in "$name.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -sha256 -days 90 \
        -extfile <(trial_nodes_settings "$name") -extensions node -out "$name.crt"
      rm -f "$name.csr"
      openssl verify -CAfile ca.crt "$name.crt" || exit 1
    done
  ) >"$tls/openssl.log" 2>&1 || {
    tail -n 5 "$tls/openssl.log" >&2
    fail "the certificates of the nodes could not be made: delete $tls and run this again."
  }
}
