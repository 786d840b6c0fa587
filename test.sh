#!/bin/sh
# Runs every test and ends with totals. Needs a JDK 17 and Maven; as root on Debian it installs the other programs that the
# tests drive. Without them their tests are skipped, each with its reason. With CI=true a skipped test is a failure.
# Usage: ./test.sh [further Maven arguments]
set -u
cd "$(dirname "$0")" || exit 2

# What the tests drive, as "command package".
PEERS='sipp sip-tester
socat socat
openssl openssl
sslscan sslscan
ip iproute2
nft nftables
squid squid
tinyproxy tinyproxy
turnutils_uclient coturn
turnserver coturn
baresip baresip-core
kamailio kamailio kamailio-outbound-modules kamailio-tls-modules
chromium chromium
certutil libnss3-tools
pg_virtualenv postgresql
systemd-analyze systemd
tcpdump tcpdump
script bsdutils'

say() { printf '%s\n' "test.sh: $*"; }
die() { say "$*" >&2; exit 2; }

check_build_tools() {
  command -v mvn >/dev/null 2>&1 || die "mvn not found: install Maven 3.8.1 or later"
  found=$(mvn -v 2>/dev/null | sed -n 's/^Java version: \([0-9]*\).*/\1/p')
  if [ "$found" != 17 ]; then
    home=$(find_jdks | sed -n 's/^17 //p' | head -n 1)
    [ -n "$home" ] || die "Maven runs on Java ${found:-unknown}: the build needs a JDK 17, set JAVA_HOME to one"
    JAVA_HOME=$home
    export JAVA_HOME
    say "building with $JAVA_HOME"
  fi
}

# Prints "VERSION HOME" for every JDK or JRE: JAVA_HOME first, then where Debian and others put them. Each home once.
find_jdks() {
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -n "$home" ] && [ -x "$home/bin/java" ] || continue
    home=$(cd "$home" && pwd -P)
    version=$("$home/bin/java" -version 2>&1 | sed -n 's/.*version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
    printf '%s %s\n' "${version:-unknown}" "$home"
  done | awk '!seen[$0]++' | sort -n
}

missing_packages() {
  printf '%s\n' "$PEERS" | while read -r command package; do
    command -v "$command" >/dev/null 2>&1 || printf '%s ' "$package"
  done
}

# Debian starts the services it installs; a policy-rc.d that says no keeps the machine as quiet as it was.
without_starting_services() {
  policy=/usr/sbin/policy-rc.d
  ours=no
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && ours=yes
  fi
  "$@"
  result=$?
  [ "$ours" = yes ] && rm -f "$policy"
  return $result
}

install_peers() {
  packages=$(missing_packages)
  [ -n "$packages" ] || { say "all peers are here"; return; }
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    say "not root on Debian: without $packages"
    return
  fi
  say "installing $packages"
  log=target/test.sh-apt.log
  mkdir -p target
  # shellcheck disable=SC2086 # a list of words
  set -- apt-get install -y --no-install-recommends $packages
  export DEBIAN_FRONTEND=noninteractive
  without_starting_services "$@" >"$log" 2>&1 </dev/null && return
  { apt-get update && without_starting_services "$@"; } >"$log" 2>&1 </dev/null && return
  say "could not install $packages, see $log"
}

# All <testsuite> counts of surefire and failsafe, from this run only: "run failed skipped".
count_tests() {
  reports | xargs -r awk '
    /<testsuite / { header = 1 }
    header {
      run += value("tests"); failed += value("failures") + value("errors"); skipped += value("skipped")
      header = 0
    }
    function value(name,   at) {
      at = match($0, " " name "=\"[0-9]+\"")
      return at ? substr($0, at + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0
    }
    END { print run + 0, failed + 0, skipped + 0 }' /dev/null
}

list_skipped() {
  reports | xargs -r awk '
    /<testcase / {
      match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8)
      match($0, / classname="[^"]*"/); type = substr($0, RSTART + 12, RLENGTH - 13)
    }
    /<skipped/ {
      reason = "no reason given"
      if (match($0, /message="[^"]*"/)) {
        reason = substr($0, RSTART + 9, RLENGTH - 10)
      } else if (match($0, /CDATA\[[^]]*/)) { # the exception, of which the first line is the reason
        reason = substr($0, RSTART + 6, RLENGTH - 6)
        sub(/^[A-Za-z0-9_.$]+(Exception|Error): /, "", reason)
      }
      gsub(/&quot;/, "\"", reason); gsub(/&lt;/, "<", reason); gsub(/&gt;/, ">", reason); gsub(/&#10;.*/, "", reason)
      gsub(/&amp;/, "\\&", reason)
      sub(/.*\./, "", type)
      print "  skipped " type "." name ": " reason
    }' /dev/null
}

reports() {
  find . -path '*/target/*-reports/TEST-*.xml' -newer "$started" -print | sort
}

started=$(mktemp) || die "no temporary file"
trap 'rm -f "$started"' EXIT
check_build_tools
install_peers
say "JDKs for the drop-in tests:"
find_jdks | sed 's/^/  /'

say "mvn -B verify -Pintegration $*"
mvn -B -Dstyle.color=never --no-transfer-progress verify -Pintegration "$@" </dev/null
verdict=$?

printf '\n'
list_skipped
# shellcheck disable=SC2046 # three numbers
set -- $(count_tests)
run=${1:-0} failed=${2:-0} skipped=${3:-0}
exitcode=0
[ "$verdict" = 0 ] || { say "Maven failed (exit code $verdict)"; exitcode=1; }
[ "$failed" = 0 ] || exitcode=1
[ "$run" != 0 ] || { say "no test was run"; exitcode=1; }
if [ "${CI:-}" = true ] && [ "$skipped" != 0 ]; then
  say "CI=true and $skipped tests were skipped"
  exitcode=1
fi
printf '%s passed, %s failed, %s skipped\n' "$((run - failed - skipped))" "$failed" "$skipped"
exit $exitcode
