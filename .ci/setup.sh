# Sourced by run.sh and test.sh: finds the SDK, installs what is missing, fetches the browser libraries, builds what changed.
# The caller has set `root` (the repository) and `set -euo pipefail`.
# shellcheck shell=bash disable=SC2034,SC2154

declare -a missing_packages=() missing_reasons=()
dotnet=

# The SDK's own commands otherwise need libicu, which a bare Debian does not have; the product runs invariant anyway.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

# Each argument is a line.
say() { printf '%s\n' "$@"; }

# fail CODE MESSAGE...: exit codes are those of the product: 2 bad usage, 3 the environment lacks something.
fail() {
  local code=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$code"
}

now_ms() { printf '%s' $((${EPOCHREALTIME/[.,]/} / 1000)); }

# seconds_since MILLISECONDS: prints e.g. 12.3
seconds_since() {
  local elapsed=$(($(now_ms) - $1))
  printf '%d.%d' $((elapsed / 1000)) $((elapsed % 1000 / 100))
}

find_dotnet() {
  local candidate
  for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-}/dotnet" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet "${HOME:-/root}/.dotnet/dotnet"; do
    if [[ -x $candidate ]] && compgen -G "$(dirname "$(readlink -f "$candidate")")/sdk/10.*" >/dev/null; then
      dotnet=$(readlink -f "$candidate")
      # The test executables and tools started by them look here.
      DOTNET_ROOT=$(dirname "$dotnet")
      export DOTNET_ROOT
      return
    fi
  done
  fail 3 "The .NET SDK 10.0 was not found on PATH, in DOTNET_ROOT, /usr/share/dotnet or /usr/lib/dotnet." \
    "Install it (package dotnet-sdk-10.0, or the archive from https://dotnet.microsoft.com) and run this again."
}

# need PACKAGE REASON: to be installed by install_missing.
need() {
  missing_packages+=("$1")
  missing_reasons+=("$1: $2")
}

need_openssl() {
  compgen -G '/usr/lib/*/libssl.so.*' >/dev/null || compgen -G '/usr/lib*/libssl.so.*' >/dev/null \
    || need libssl3 ".NET's hashes and TLS"
}

need_certificates() {
  [[ -n ${SSL_CERT_FILE:-} || -s /etc/ssl/certs/ca-certificates.crt || -d /etc/pki/tls/certs ]] \
    || need ca-certificates "package downloads over TLS"
}

need_node() {
  command -v node >/dev/null || need nodejs "npm runs on it"
  command -v npm >/dev/null || need npm "fetches the two browser libraries, ECharts and the SignalR client"
}

need_postgresql() {
  [[ -x /usr/lib/postgresql/15/bin/postgres ]] || need postgresql-15 "the peer of the race"
}

install_missing() {
  ((${#missing_packages[@]})) || return 0

  local -a as_root=()
  if [[ $(id -u) != 0 ]]; then
    as_root=(sudo)
    # Without a terminal nobody can type a password, so only a sudo that asks for none will do.
    [[ -t 0 ]] || as_root+=(--non-interactive)
  fi
  if ! command -v apt-get >/dev/null || { ((${#as_root[@]})) && ! "${as_root[@]}" true 2>/dev/null; }; then
    fail 3 "Missing, and this user cannot install packages:" "${missing_reasons[@]/#/  }" \
      "As root: apt-get update && apt-get install --no-install-recommends ${missing_packages[*]}"
  fi

  say "Installing by apt-get:" "${missing_reasons[@]/#/  }"
  local log=$root/artifacts/apt.log
  mkdir -p "$root/artifacts"
  # The race makes a cluster of its own and deletes it; Debian's would start now and with every boot, for nobody.
  if [[ " ${missing_packages[*]} " == *" postgresql-15 "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    printf 'create_main_cluster = false\n' | "${as_root[@]}" install -D --mode=644 /dev/stdin /etc/postgresql-common/createcluster.conf
  fi
  if ! { "${as_root[@]}" apt-get update \
    && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing_packages[@]}"; } \
    >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    fail 3 "apt-get could not install: ${missing_packages[*]} (whole log: $log)"
  fi
  missing_packages=() missing_reasons=()
}

# install_wanted FILE PACKAGE...: where the file (a pattern) is missing, installs what some tests can do without, quietly; the tests say what they
# miss. Services are not started.
install_wanted() {
  local file=$1
  shift
  ! compgen -G "$file" >/dev/null && command -v apt-get >/dev/null || return 0
  local -a as_root=()
  [[ $(id -u) == 0 ]] || as_root=(sudo --non-interactive)
  mkdir -p "$root/artifacts"
  say "Installing $* by apt-get, for some of the tests and figures"
  { "${as_root[@]}" apt-get update \
    && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install --yes --no-install-recommends "$@"; } \
    >"$root/artifacts/apt-$1.log" 2>&1 </dev/null || say "  it cannot be had here (artifacts/apt-$1.log)"
}

# fingerprint PATH...: one hash over the SDK and the content of every source file under the paths.
fingerprint() {
  (
    cd "$root" || exit
    printf '%s\n' "$DOTNET_ROOT" "$DOTNET_ROOT"/sdk/*
    find "$@" \( -name node_modules -o -path '*/wwwroot/lib' -o -name bin -o -name obj \) -prune -o -type f -print0 \
      | LC_ALL=C sort -z | xargs -0 sha256sum
  ) | sha256sum | cut -d ' ' -f 1
}

# is_current STAMP FINGERPRINT
is_current() { [[ -f $root/artifacts/stamps/$1 && $(<"$root/artifacts/stamps/$1") == "$2" ]]; }

stamp() {
  mkdir -p "$root/artifacts/stamps"
  printf '%s\n' "$2" >"$root/artifacts/stamps/$1"
}

web=$root/src/CommandCenter.Web
product_sources=(src wallboard-config Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig BannedSymbols.txt global.json)
all_sources=("${product_sources[@]}" tests CommandCenter.sln)

browser_libraries_current() {
  is_current npm "$(sha256sum <"$web/package-lock.json")" \
    && [[ -s $web/wwwroot/lib/echarts/echarts.min.js || -s $web/node_modules/echarts/dist/echarts.min.js ]]
}

fetch_browser_libraries() {
  browser_libraries_current && return
  local log=$root/artifacts/npm.log started
  started=$(now_ms)
  mkdir -p "$root/artifacts"
  say "Fetching the browser libraries by npm"
  if ! (cd "$web" && npm ci --ignore-scripts --no-audit --no-fund) >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    fail 3 "npm could not fetch the browser libraries (whole log: $log)"
  fi
  stamp npm "$(sha256sum <"$web/package-lock.json")"
  say "  done in $(seconds_since "$started") s"
}

# fetch_test_provider: npm's OpenID provider, with which signing in is tested. Tests alone want it: where it cannot be had they skip with a reason.
fetch_test_provider() {
  local folder=$root/tests/CommandCenter.Web.Tests/Accounts/Provider
  command -v npm >/dev/null || return 0
  if ! is_current provider "$(sha256sum <"$folder/package-lock.json")" || [[ ! -d $folder/node_modules/oidc-provider ]]; then
    mkdir -p "$root/artifacts"
    say "Fetching the identity provider of the tests by npm"
    if (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund) >"$root/artifacts/npm-provider.log" 2>&1 </dev/null; then
      stamp provider "$(sha256sum <"$folder/package-lock.json")"
    else
      say "  it cannot be had here (artifacts/npm-provider.log)"
    fi
  fi
}

# build PROJECT...: Release. Prints nothing of a build that succeeds: a warning in our code is an error, so there is nothing to read.
build() {
  local project started log=$root/artifacts/build.log
  for project in "$@"; do
    started=$(now_ms)
    say "Building $project"
    # No build servers: a script that ends must leave nothing running.
    if ! "$dotnet" build "$root/$project" --configuration Release --nologo --verbosity quiet -nodeReuse:false \
      -p:UseSharedCompilation=false >"$log" 2>&1 </dev/null; then
      grep -F ': error ' "$log" | LC_ALL=C sort -u >&2 || cat "$log" >&2
      fail 3 "The build of $project failed (whole log: $log)."
    fi
    say "  done in $(seconds_since "$started") s"
  done
}

# One build at a time in one checkout; released before anything is started, so that a server never holds it.
lock_build() {
  mkdir -p "$root/artifacts"
  exec 9>"$root/artifacts/build.lock"
  flock --nonblock 9 || { say "Waiting for another build in this checkout"; flock 9; }
}

unlock_build() { exec 9>&-; }
