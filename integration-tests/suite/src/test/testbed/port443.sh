#!/bin/sh
# Port 443 without root, in a network namespace of its own, so that nothing of the machine is touched:
#   unshare -n ./port443.sh redirect FILE.nft     loads the rules, twice, and connects to 443: says who answers
#   unshare -n ./port443.sh capability DROPIN.conf   listens there as nobody, without the drop-in's capability and with it
set -eu

ask() { socat -u TCP:127.0.0.1:443,retry=100,interval=0.1 -; }

ip link set lo up
case $1 in
redirect)
  nft -c -f "$2"
  nft -f "$2"
  nft -f "$2"
  socat TCP-LISTEN:8443,bind=127.0.0.1 SYSTEM:'echo 8443 answers' &
  ask
  nft list ruleset
  ;;
capability)
  capability=$(sed -n 's/^AmbientCapabilities=CAP_//p' "$2" | tr '[:upper:]' '[:lower:]')
  nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
  if $nobody socat TCP-LISTEN:443,bind=127.0.0.1 SYSTEM:true 2>&1; then
    echo 'everybody may listen there'
    exit 1
  fi
  $nobody "--inh-caps=+$capability" "--ambient-caps=+$capability" \
    socat TCP-LISTEN:443,bind=127.0.0.1 SYSTEM:'echo user $(id -u) answers' &
  ask
  ;;
esac
wait
