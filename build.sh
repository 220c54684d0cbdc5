#!/usr/bin/env bash
# The one command: what CI does and what you do before you push are the same thing.
# Installs what a fresh Debian machine lacks, restores from the lock files, checks the format, builds Release, runs every test project.
# The last line is always the sum over all projects: "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'TEXT'
Usage: ./build.sh [--no-install] [--filter EXPRESSION]
  --no-install          install nothing; say what is missing and stop
  --filter EXPRESSION   run only the tests that match (the filter of "dotnet test", e.g. FullyQualifiedName~Scorecard)
The .NET SDK 10 is the one prerequisite that this script does not install.
TEXT
}

install=yes
filter=''
while (($#)); do
  case $1 in
    --no-install) install=no ;;
    --filter)
      [[ $# -ge 2 && -n $2 ]] || { usage >&2; exit 2; }
      filter=$2
      shift
      ;;
    -h | --help) usage; exit 0 ;;
    *) echo "Unknown option: $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en
export MSBUILDDISABLENODEREUSE=1 # a build leaves no process behind

readonly solution=WeComOps.sln results=artifacts/test-results
passed=0 failed=0 skipped=0
step_name='' step_start=0

finish_step() {
  [[ -z $step_name ]] || echo "--- $step_name: $((SECONDS - step_start)) s"
  step_name=''
}

step() {
  finish_step
  step_name=$1 step_start=$SECONDS
  echo
  echo "=== $1"
}

stop() {
  echo "error: $1" >&2
  exit 1
}

# Also after a failed restore, format or build: the last line tells how far it came.
report() {
  local status=$?
  finish_step
  ((status == 0)) || echo "--- build.sh: failed (exit $status)"
  echo "$passed passed, $failed failed, $skipped skipped"
}
trap report EXIT

# ---- prerequisites

node_major() { "$1" --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p'; }

check_node() {
  local major
  major=$(node_major node)
  [[ -n $major ]] || return 1
  ((major >= 20)) || stop "Node.js 20 or later is needed for the console's scripts and styles; 'node --version' says $(node --version). Install a newer Node.js, then run this again."
  command -v npm >/dev/null || stop "node is there but npm is not. Install the npm that belongs to your Node.js, then run this again."
}

# What apt-get would install if asked now, as a bare major version; empty when it has none.
candidate_major() {
  LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: \([0-9]*:\)\{0,1\}\([0-9]*\)\..*/\2/p'
}

apt() {
  local run=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || stop "These Debian packages are missing and neither root nor sudo is here to install them: $*"
    run=(sudo)
  fi
  "${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@"
}

step 'Prerequisites'
command -v dotnet >/dev/null || stop "The .NET SDK 10 is not on PATH. Install it, then run this again."
dotnet --version >/dev/null 2>&1 || stop "No .NET SDK that global.json accepts is installed (it asks for $(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json) or a later patch). 'dotnet --list-sdks' says: $(dotnet --list-sdks 2>/dev/null | tr '\n' ' ')"

missing=()
command -v node >/dev/null || missing+=(nodejs npm)
command -v chromium >/dev/null || missing+=(chromium)
# fonts-noto-cjk: without it the browser draws Chinese as empty boxes and the screenshot shows nothing
dpkg-query -W -f='${Status}' fonts-noto-cjk 2>/dev/null | grep -q 'ok installed' || missing+=(fonts-noto-cjk)
# Debian keeps the server's programs off PATH; the scale store's tests start a server of their own
{ command -v pg_ctl || compgen -G '/usr/lib/postgresql/*/bin/pg_ctl'; } >/dev/null || missing+=(postgresql)

if ((${#missing[@]})); then
  [[ $install == yes ]] || stop "Missing: ${missing[*]}. Install them or leave out --no-install."
  command -v apt-get >/dev/null || stop "Missing: ${missing[*]}. This script installs with apt-get only, which is not here: install them yourself, then run it with --no-install."
  apt update -qq
  if [[ " ${missing[*]} " == *' nodejs '* ]]; then
    offered=$(candidate_major nodejs)
    ((${offered:-0} >= 20)) || stop "Node.js 20 or later is needed and your Debian offers ${offered:-none}. Install Node.js 20 or later from another source (it brings npm), then run this again."
  fi
  apt install -y -qq --no-install-recommends "${missing[@]}"
fi
check_node || stop "Node.js 20 or later is needed and 'node' does not run."
echo ".NET SDK $(dotnet --version), Node.js $(node --version), $(chromium --version 2>/dev/null || echo 'chromium')"

# ---- restore, format, build

restore() { dotnet restore "$solution" --locked-mode 2>&1 | tee artifacts/restore.log; }

step 'Restore (locked)'
mkdir -p artifacts
if ! restore; then
  # only what the network can cause is worth a second try; a changed lock file is not
  grep -Eqi 'NU1301|unable to load the service index|timed out|temporary failure|connection (reset|refused)|50[234] ' artifacts/restore.log \
    || stop 'Restore failed. If packages were changed on purpose, restore without --locked-mode once and commit the lock files.'
  echo 'The network failed during restore; trying once more.'
  restore || stop 'Restore failed twice for want of the network.'
fi

step 'Format'
for kind in whitespace style; do
  dotnet format "$kind" "$solution" --verify-no-changes --no-restore \
    || stop "Run 'dotnet format $kind' and commit what it changes."
done

step 'Build (Release)'
dotnet build "$solution" -c Release --no-restore

# ---- tests: one project after the other, so that their output and their use of the machine stay apart

rm -rf "$results"
mkdir -p "$results"
broken=()

counter() { sed -n 's/.*<Counters [^>]*\b'"$1"'="\([0-9]*\)".*/\1/p' "$2" | head -n 1; }

for project in tests/*.Tests/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  step "Test $name"
  arguments=("$project" -c Release --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx")
  [[ -z $filter ]] || arguments+=(--filter "$filter")
  status=0
  timeout --kill-after=30 1800 dotnet test "${arguments[@]}" || status=$?

  trx=$results/$name.trx
  total=0 good=0 bad=0
  if [[ -f $trx ]]; then
    total=$(counter total "$trx")
    good=$(counter passed "$trx")
    for word in failed error timeout aborted; do
      bad=$((bad + $(counter "$word" "$trx")))
    done
  fi
  # with a filter a project may well have nothing to run
  if ((total == 0)) && [[ -z $filter ]]; then
    broken+=("$name (no result)")
  elif ((status != 0 && bad == 0)); then
    broken+=("$name (exit $status)")
  fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - good - bad))
done
finish_step

echo
((${#broken[@]} == 0)) || stop "These projects did not run to their end: ${broken[*]}"
((passed + failed + skipped > 0)) || stop 'No test was run.'
((failed == 0)) || stop "Results of the failed tests: $results"
