#!/usr/bin/env bash
# The one entry point: sets up what is missing, builds what changed, then serves or runs a verb.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=.ci/setup.sh
source "$root/.ci/setup.sh"
started=$(now_ms)

usage() {
  cat <<'TEXT'
Usage: ./run.sh [serve] [--empty] [--data DIR] [--config DIR] [--port N | --urls URL]
       ./run.sh import|simulate|verify|verify-audit|recount|backup|restore|kiosk|bench …   (each has --help)

  serve      serves the command centre with a demonstration day of 22 courts (default)
  --empty    without the demonstration
  --data     where the data lives (default: ./data beside this script)
  --config   courts, nodes and walls (default: wallboard-config beside this script)
  --port     port on 127.0.0.1 (default: 8080)
  --urls     address to listen on instead, e.g. https://0.0.0.0:8443
  --settings FILE
             sections of settings as JSON: accounts, limits, the identity provider (docs/access.md)
  --certificate FILE, --certificate-key FILE, --certificate-password FILE
             the certificate of https, PEM or PKCS #12 (one that the server makes itself)
  --behind-proxy ADDRESSES
             a proxy speaks https in front of the server; plain http is answered to it alone
  --influx-url URL, --influx-db NAME, --influx-user NAME
             a copy of the time series in InfluxDB; the password or token is read
             from COMMANDCENTER_INFLUX_PASSWORD

  --audit-key FILE, --audit-days N
             the key that signs the trace of looks and acts (DATA.audit-key.pem),
             and how long the trace is kept (184 days)

  import     feeds a log file (XES or CSV) through the same path as live events
  simulate   tells a running server days of a virtual Shanghai, and what must come out
  verify     proves the data directory: the journal, and what was computed from it
  verify-audit
             proves a folder of the trace by its public key alone; needs nothing of this server (docs/audit.md)
  recount    counts every figure a second time from the journal and compares
  backup     copies the data directory to a folder, also while it is served
  restore    makes a data directory of a backup and proves it
  kiosk      prints the browser line and systemd units of a wall computer, and tests them
  bench      prints the figures of the budgets

Exit codes: 0 done, 1 done with rejects, 2 bad usage or input, 3 environment.
TEXT
}

web_dll=$root/artifacts/bin/CommandCenter.Web/release/CommandCenter.Web.dll
simulator_dll=$root/artifacts/bin/CommandCenter.Simulator/release/CommandCenter.Simulator.dll
verifier_dll=$root/artifacts/bin/CommandCenter.Verifier/release/verify-audit.dll
benchmarks_dll=$root/artifacts/bin/CommandCenter.Benchmarks/release/CommandCenter.Benchmarks.dll

set_up() {
  find_dotnet
  need_openssl
  lock_build
  local current
  current=$(fingerprint "${product_sources[@]}")
  if ! is_current product "$current" || [[ ! -f $web_dll || ! -f $simulator_dll || ! -f $verifier_dll ]]; then
    need_certificates
    browser_libraries_current || need_node
    install_missing
    fetch_browser_libraries
    build src/CommandCenter.Web/CommandCenter.Web.csproj src/CommandCenter.Simulator/CommandCenter.Simulator.csproj src/CommandCenter.Verifier/CommandCenter.Verifier.csproj
    stamp product "$current"
  else
    install_missing
  fi
  unlock_build
}

set_up_benchmarks() {
  lock_build
  local current
  current=$(fingerprint "${product_sources[@]}" tests/CommandCenter.Benchmarks tests/CommandCenter.Testing)
  if ! is_current benchmarks "$current" || [[ ! -f $benchmarks_dll ]]; then
    build tests/CommandCenter.Benchmarks/CommandCenter.Benchmarks.csproj
    stamp benchmarks "$current"
  fi
  unlock_build
}

# The race's peer: asked for by name it has to be there; among all benches it may be left out where nothing can be installed.
set_up_postgresql() {
  local argument names=
  for argument in "$@"; do
    case $argument in
      --help) return ;;
      -*) ;;
      *) names+=" $argument " ;;
    esac
  done
  need_postgresql
  if [[ $names == *" race "* ]]; then
    install_missing
  elif [[ -z $names ]]; then
    (install_missing) || say "The race is left out."
  fi
}

# trust_own_certificate DATA: lets what is started from here know the server by the certificate that it made itself. It speaks to no other server.
trust_own_certificate() {
  [[ ! -f $1/keys/https.crt ]] || export SSL_CERT_FILE=$1/keys/https.crt
}

verb=serve
if (($#)) && [[ $1 != -* ]]; then
  verb=$1
  shift
fi

case $verb in
  serve) ;;
  verify-audit)
    set_up
    exec "$dotnet" "$verifier_dll" "$@"
    ;;
  kiosk | ready)
    set_up
    exec "$dotnet" "$web_dll" "$verb" "$@"
    ;;
  import | verify | recount | backup | restore)
    set_up
    # The default is this checkout's data, whatever the working directory; file names stay relative to the caller.
    [[ " $* " == *" --data "* || " $* " == *" --data="* || " $* " == *" --help "* ]] || set -- "$@" --data "$root/data"
    exec "$dotnet" "$web_dll" "$verb" "$@"
    ;;
  simulate)
    set_up
    [[ " $* " == *" --data "* || " $* " == *" --data="* || " $* " == *" --help "* ]] || set -- "$@" --data "$root/data"
    [[ -n ${SSL_CERT_FILE:-} ]] || trust_own_certificate "$root/data"
    exec "$dotnet" "$simulator_dll" simulate "$@"
    ;;
  bench)
    set_up
    set_up_benchmarks
    set_up_postgresql "$@"
    [[ " $* " != *" glass "* ]] || install_wanted /usr/bin/janus janus
    exec "$dotnet" "$benchmarks_dll" "$@"
    ;;
  help)
    usage
    exit 0
    ;;
  *)
    usage >&2
    fail 2 "" "Unknown verb: $verb"
    ;;
esac

declare -a serve_options=()
data=$root/data
config=$root/wallboard-config
urls=http://127.0.0.1:8080
demonstration=1
while (($#)); do
  case $1 in
    --empty) demonstration= ;;
    --data | --config | --port | --urls)
      (($# >= 2)) || fail 2 "$1 needs a value."
      case $1 in
        --data) data=$2 ;;
        --config) config=$2 ;;
        --port)
          [[ $2 =~ ^[0-9]{1,5}$ ]] || fail 2 "--port needs a number, not '$2'."
          urls=http://127.0.0.1:$2
          ;;
        --urls) urls=$2 ;;
      esac
      shift
      ;;
    --influx-url | --influx-db | --influx-user | --audit-key | --audit-days | --settings | --certificate | --certificate-key | --certificate-password | --behind-proxy)
      (($# >= 2)) || fail 2 "$1 needs a value."
      serve_options+=("$1" "$2")
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail 2 "Unknown option: $1 (see ./run.sh --help)" ;;
  esac
  shift
done

# This script asks the server itself whether it is ready, without curl: over a plain connection to the first address, or by the server's own verb.
[[ ${urls%%;*} =~ ^(https?)://(\[[0-9a-fA-F:]+\]|[^:/]+):([0-9]+)/?$ ]] \
  || fail 2 "--urls must start with an address of the form http://HOST:PORT or https://HOST:PORT, not '${urls%%;*}'."
scheme=${BASH_REMATCH[1]} host=${BASH_REMATCH[2]} port=${BASH_REMATCH[3]}
case $host in 0.0.0.0 | \* | + | '[::]') host=127.0.0.1 ;; esac
url=$scheme://$host:$port
host=${host#[} host=${host%]}
data=$(realpath --canonicalize-missing -- "$data")

connect() { { exec 3<>"/dev/tcp/$host/$port"; } 2>/dev/null; }

is_ready() {
  local status=
  connect || return 1
  if [[ $scheme == https ]]; then
    exec 3>&-
    # Known by its key where the server made its certificate itself, else by the roots of this machine.
    "$dotnet" "$web_dll" ready --server "$url" --certificate "$data/keys/https.crt" >/dev/null 2>&1
    return
  fi
  printf 'GET /health/ready HTTP/1.1\r\nHost: %s:%s\r\nConnection: close\r\n\r\n' "$host" "$port" >&3 2>/dev/null || true
  IFS= read -r -t 5 -u 3 status || true
  exec 3>&-
  [[ $status == HTTP/1.?\ 200* ]]
}

set_up
setup_seconds=$(seconds_since "$started")

if connect; then
  exec 3>&-
  fail 3 "Something already listens on $url. Stop it, or choose another port: ./run.sh --port N"
fi

server_pid='' simulator_pid='' stopping=''

alive() { [[ -n $1 ]] && kill -0 "$1" 2>/dev/null; }

# A signal cuts `wait` short, so wait until the process is really gone; bash keeps its exit code for the last call.
await() {
  while alive "$1"; do wait "$1" || true; done
  wait "$1"
}

# stop PID: asks the process to end and waits until it has; its exit code.
stop() {
  if alive "$1"; then kill -TERM "$1"; fi
  [[ -z $1 ]] || await "$1"
}

on_signal() {
  if [[ -z $stopping ]]; then
    stopping=1
    # Ends what the main loop waits for: a signal that comes just before `wait` would otherwise be slept through.
    if alive "$simulator_pid"; then kill -TERM "$simulator_pid"; elif alive "$server_pid"; then kill -TERM "$server_pid"; fi
    return 0
  fi
  # Asked twice: accepted events are on disk, so the hard way loses nothing, it only makes the next start replay them.
  if alive "$simulator_pid"; then kill -KILL "$simulator_pid"; fi
  if alive "$server_pid"; then kill -KILL "$server_pid"; fi
}

trap on_signal INT TERM HUP
trap 'stop "$simulator_pid" || true; stop "$server_pid" || true' EXIT

start_ms=$(now_ms)
"$dotnet" "$web_dll" serve --data "$data" --config "$config" --urls "$urls" ${demonstration:+--demonstration} ${serve_options[@]+"${serve_options[@]}"} &
server_pid=$!

while [[ -z $stopping ]] && alive "$server_pid" && ! is_ready; do sleep 0.1; done

if [[ -z $stopping ]] && alive "$server_pid"; then
  say "" \
    "CommandCenter is ready after $(seconds_since "$started") s (set-up and build $setup_seconds s, start $(seconds_since "$start_ms") s)." \
    "  wall       $url/wall/main" \
    "  sign in    $url/sign-in   (names and password stand above)" \
    "  API        $url/openapi/v1.json" \
    "  keys       $data/keys" \
    "  data       $data" \
    "  stop       Ctrl-C, or kill $$" ""
  if [[ -n $demonstration ]]; then
    trust_own_certificate "$data"
    "$dotnet" "$simulator_dll" demonstrate --server "$url" --key-file "$data/keys/intake.key" --config "$config" &
    simulator_pid=$!
  fi
fi

while [[ -z $stopping ]] && alive "$server_pid"; do
  # shellcheck disable=SC2086 # the simulator's pid is empty when there is none
  wait -n "$server_pid" $simulator_pid || true
  if [[ -z $stopping && -n $simulator_pid ]] && ! alive "$simulator_pid"; then
    code=0
    wait "$simulator_pid" || code=$?
    say "The demonstration ended with exit code $code; the server goes on."
    simulator_pid=
  fi
done

[[ -z $stopping ]] || say "Stopping: the server finishes what it accepted."
# The source first, so that it does not complain about a server that drains.
stop "$simulator_pid" || true
code=0
stop "$server_pid" || code=$?
exit "$code"
