#!/usr/bin/env bash
# Builds everything once and runs every test project, one after another. Ends with a line "N passed, N failed".
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=.ci/setup.sh
source "$root/.ci/setup.sh"
started=$(now_ms)

usage() {
  cat <<'TEXT'
Usage: ./test.sh [--long] [--filter TEXT] [--project NAME]

  --long      also the soak and chaos runs (hours)
  --filter    only tests whose full name contains TEXT
  --project   only test projects whose name contains NAME, e.g. Domain
TEXT
}

filter='' project='' total_seconds=2400 project_seconds=1500
while (($#)); do
  case $1 in
    --long)
      export COMMANDCENTER_LONG=1
      total_seconds=28800 project_seconds=14400
      ;;
    --filter | --project)
      (($# >= 2)) || fail 2 "$1 needs a value."
      if [[ $1 == --filter ]]; then filter=$2; else project=$2; fi
      shift
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      usage >&2
      fail 2 "" "Unknown option: $1"
      ;;
  esac
  shift
done

find_dotnet
need_openssl
lock_build
current=$(fingerprint "${all_sources[@]}")
product=$(fingerprint "${product_sources[@]}")
is_current all "$current" || need_certificates
browser_libraries_current || need_node
install_missing

# What only the tests need, while the build goes on. The browser tests drive the distribution's Chromium; the wall's characters need a font that has them.
command -v chromium >/dev/null || need chromium "the browser tests drive it"
compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null || need fonts-noto-cjk "the wall's Chinese text in the browser tests"
# Some rules of the wall's script are tested in node.
command -v node >/dev/null || need nodejs "tests of the wall's script run in it"
# The time series are also tested against a real InfluxDB, the cameras with real streams. Where these cannot be had, those tests skip with a reason.
(
  install_missing
  install_wanted /usr/bin/influxd influxdb
  install_wanted '/usr/lib/*/gstreamer-1.0/libgstrtspclientsink.so' gstreamer1.0-plugins-{base,good,bad,ugly} gstreamer1.0-libav gstreamer1.0-rtsp libgstrtspserver-1.0-0
  install_wanted /usr/lib/nginx/modules/ngx_rtmp_module.so nginx libnginx-mod-rtmp
) &
installing=$!
trap 'kill "$installing" 2>/dev/null || true' EXIT
fetch_browser_libraries
fetch_test_provider

passed=0 failed=0 skipped=0
declare -a report=()

format_ms=$(now_ms)
say "Checking the format"
if "$dotnet" format whitespace "$root" --folder --verify-no-changes --exclude artifacts --exclude src/CommandCenter.Web/node_modules </dev/null; then
  say "  done in $(seconds_since "$format_ms") s"
else
  failed=$((failed + 1))
  report+=("format: differs; run: dotnet format whitespace . --folder")
fi

if ! is_current all "$current"; then
  build CommandCenter.sln
  stamp all "$current"
  stamp product "$product"
fi
unlock_build
wait "$installing" || exit $?
trap - EXIT
report+=("set-up, format check and build: $(seconds_since "$started") s")

running=
trap '[[ -z $running ]] || kill -TERM "$running" 2>/dev/null; exit 130' INT TERM HUP

# count NAME: the figure of that name in the summary line of the current project, 0 where it has none.
count() { if [[ $summary =~ $1:\ ([0-9]+) ]]; then printf '%s' "${BASH_REMATCH[1]}"; else printf 0; fi; }

# run_project NAME: adds to the counts. What a project says of itself is believed only together with its exit code.
run_project() {
  local name=$1 log=$root/artifacts/test-logs/$1.log dll=$root/artifacts/bin/$1/release/$1.dll
  local project_ms limit code=0 summary
  project_ms=$(now_ms)
  limit=$((total_seconds - (project_ms - started) / 1000))
  ((limit <= project_seconds)) || limit=$project_seconds
  say "" "== $name"
  if ((limit <= 0)); then
    failed=$((failed + 1))
    report+=("$name: not run, the $total_seconds s for all tests are used up")
    return
  fi

  local -a arguments=(-noLogo -noColor)
  [[ -z $filter ]] || arguments+=(-method "*$filter*")
  # timeout gives the tests a process group of their own and ends all of it, browsers and servers included.
  # Into a file and followed from there: the counts below must not race with a pipe.
  : >"$log"
  timeout --kill-after=20 "$limit" "$dotnet" "$dll" "${arguments[@]}" </dev/null >>"$log" 2>&1 &
  running=$!
  tail --follow --lines=+1 --sleep-interval=0.1 --pid="$running" "$log" &
  local follower=$!
  wait "$running" || code=$?
  wait "$follower" || true
  running=

  # "   Name  Total: 3, Errors: 0, Failed: 1, Skipped: 0, Not Run: 0, Time: 0.8s", or only "   Name  Total: 0".
  summary=$(grep -E "^ +$name +Total: [0-9]+" "$log" | tail -n 1 || true)
  local total errors bad skips
  total=$(count Total) errors=$(count Errors) bad=$(count Failed) skips=$(count Skipped)
  local good=$((total - bad - skips - $(count 'Not Run'))) remark=
  bad=$((bad + errors))
  if ((code == 124 || code == 137)); then
    bad=$((bad + 1)) remark=", ended after $limit s"
  elif [[ -z $summary ]]; then
    bad=$((bad + 1)) remark=", crashed with exit code $code"
  elif ((code != 0 && bad == 0)); then
    bad=1 remark=", exit code $code"
  elif ((total == 0)) && [[ -z $filter ]]; then
    bad=1 remark=", no test found: a test project that tests nothing is a fault"
  fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + skips))
  report+=("$name: $good passed, $bad failed, $skips skipped in $(seconds_since "$project_ms") s$remark")
  # Once more at the end, each with the beginning of its message, where whoever looks only there finds them.
  local -a failures=()
  mapfile -t failures < <(grep -E --no-group-separator -A 8 '^    .+ \[FAIL\]$' "$log" | head -n 100)
  report+=(${failures[@]+"${failures[@]}"})
}

mkdir -p "$root/artifacts/test-logs"
# The browser tests last: they need everything below them to be right.
for directory in "$root"/tests/*.Tests; do
  name=${directory##*/}
  [[ $name == *"$project"* && $name != *EndToEnd* ]] && run_project "$name"
done
[[ CommandCenter.EndToEnd.Tests == *"$project"* ]] && run_project CommandCenter.EndToEnd.Tests

say "" "${report[@]}" "all: $(seconds_since "$started") s, $skipped skipped with a reason" ""
say "$passed passed, $failed failed"
((failed == 0 && passed > 0))
