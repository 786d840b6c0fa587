#!/bin/sh
# A firewall on one machine: five network namespaces and nftables between them.
#
#   ue ----+                      +---- edge   SIP and TURN server, two addresses
#          |--- fw (router+nft) --|
#   proxy -+                      +---- peer   somebody outside
#
# Needs iproute2 and nftables, and root; without root it runs inside
#   unshare -Urnm sh -c 'mount -t tmpfs t /run; mount -t tmpfs t /etc/netns; ./netbed.sh up web; …'
#
# usage: netbed.sh check             0 if the bed can run here; 77 and one line of reason if not
#        netbed.sh up [VARIANT]      builds the namespaces, then the variant (default open); one of the same name goes first
#        netbed.sh variant NAME [N]  swaps only the firewall's rules; namespaces and processes stay
#        netbed.sh exec NS CMD...    becomes CMD in ue, proxy, fw, edge or peer
#        netbed.sh env               the addresses as KEY=value lines
#        netbed.sh drops             how many packets the firewall dropped since the variant was set
#        netbed.sh down              ends what runs in the namespaces and removes them
#
# variants (stateful; whatever is not let through is dropped without a word; the outside is never let in):
#        open        everything passes
#        web         from inside to outside TCP 443 and 80 only
#        idle N      web, and what has been idle for N seconds is forgotten: nothing of it passes any more, either way
#        proxy       ue reaches TCP 3128 of proxy only; proxy reaches TCP 443 outside only
#
# NETBED_PREFIX: the first part of the namespaces' names (default pinhole), so that several beds can stand at once
set -eu
P=${NETBED_PREFIX:-pinhole}
UE=192.0.2.2
PROXY=192.0.2.130
EDGE=203.0.113.10
EDGE_B=203.0.113.11
PEER=198.51.100.20

die() { echo "netbed: $*" >&2; exit 1; }
skip() { echo "netbed: $*" >&2; exit 77; }
inside() { n=$1; shift; ip netns exec "$P-$n" "$@"; }

gateway() { case $1 in ue) echo 192.0.2.1 ;; proxy) echo 192.0.2.129 ;; edge) echo 203.0.113.1 ;; peer) echo 198.51.100.1 ;; esac; }
address() { case $1 in ue) echo $UE ;; proxy) echo $PROXY ;; edge) echo $EDGE ;; peer) echo $PEER ;; esac; }
mask() { case $1 in ue | proxy) echo 25 ;; *) echo 24 ;; esac; }

check() {
  [ "$(id -u)" = 0 ] || skip "not root"
  command -v ip >/dev/null || skip "no ip command (package iproute2)"
  command -v nft >/dev/null || skip "no nft command (package nftables)"
  t=$P-check$$
  ip netns add "$t" 2>/dev/null || skip "cannot make a network namespace here"
  why=
  ip -n "$t" link add v0 type veth peer name v1 2>/dev/null || why="no veth devices here"
  [ -n "$why" ] || ip netns exec "$t" nft -f - 2>/dev/null <<X || why="no nftables with connection tracking here"
table inet t {
  chain c { type filter hook forward priority 0; policy drop;
    ct state established accept
  }
}
X
  ip netns del "$t"
  [ -z "$why" ] || skip "$why"
}

down() {
  for h in ue proxy edge peer fw; do
    if ip netns list | grep -q "^$P-$h\b"; then
      end_processes "$h"
      ip netns del "$P-$h"
    fi
    rm -rf "/etc/netns/$P-$h"
  done
}

# Politely first: a container takes a second or two to leave.
end_processes() {
  for signal in TERM TERM KILL; do
    pids=$(ip netns pids "$P-$1" 2>/dev/null || true)
    [ -n "$pids" ] || return 0
    # shellcheck disable=SC2086 # a list of numbers
    kill -s $signal $pids 2>/dev/null || true
    i=0
    while [ $i -lt 15 ] && [ -n "$(ip netns pids "$P-$1" 2>/dev/null)" ]; do sleep 0.2; i=$((i + 1)); done
  done
}

up() {
  check
  down
  ip netns add "$P-fw"
  inside fw ip link set lo up
  inside fw sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
  for h in ue proxy edge peer; do plug "$h"; done
  ip -n "$P-edge" addr add "$EDGE_B/24" dev eth0
  variant "${1:-open}" "${2:-}"
}

# One host: its namespace, its cable to the firewall, its default route, its own hosts file and no resolver.
plug() {
  ip netns add "$P-$1"
  inside "$1" ip link set lo up
  ip -n "$P-fw" link add "to-$1" type veth peer name eth0 netns "$P-$1"
  ip -n "$P-fw" addr add "$(gateway "$1")/$(mask "$1")" dev "to-$1"
  ip -n "$P-fw" link set "to-$1" up
  ip -n "$P-$1" addr add "$(address "$1")/$(mask "$1")" dev eth0
  ip -n "$P-$1" link set eth0 up
  ip -n "$P-$1" route add default via "$(gateway "$1")"
  mkdir -p "/etc/netns/$P-$1"
  cat >"/etc/netns/$P-$1/hosts" <<X
127.0.0.1 localhost $(hostname)
$EDGE edge.pinhole.test pinhole.test
$EDGE_B turn.pinhole.test
$PROXY proxy.pinhole.test
$PEER peer.pinhole.test
X
  echo "nameserver 127.0.0.1" >"/etc/netns/$P-$1/resolv.conf"
}

variant() {
  new='tcp flags & (syn|ack) == syn ct state new accept'
  forgets 432000 1
  case $1 in
    open) rules="accept" ;;
    web | idle) rules="iifname { to-ue, to-proxy } tcp dport { 80, 443 } $new" ;;
    proxy) rules="iifname to-ue oifname to-proxy tcp dport 3128 $new
    iifname to-proxy oifname { to-edge, to-peer } tcp dport 443 $new" ;;
    *) die "unknown variant $1; there are open, web, idle, proxy" ;;
  esac
  [ "$1" != idle ] || forgets "${2:?after how many seconds}" 0
  inside fw nft -f - <<X
flush ruleset
table inet fw {
  counter dropped { }
  chain forward { type filter hook forward priority 0; policy drop;
    iifname { to-edge, to-peer } oifname { to-edge, to-peer } accept comment "outside is unfiltered"
    ct state established,related accept
    $rules
    counter name dropped drop
  }
}
X
}

# After how many seconds a connection is forgotten, also one that waits for an acknowledgement; and whether a packet from
# its middle may begin it anew (1) or not (0).
forgets() {
  inside fw sh -c "cd /proc/sys/net/netfilter; for name in established unacknowledged max_retrans; do
    echo $1 >nf_conntrack_tcp_timeout_\$name; done; echo $2 >nf_conntrack_tcp_loose"
}

drops() { inside fw nft list counters | sed -n 's/.*packets \([0-9]*\) .*/\1/p'; }

c=${1:-}
[ $# = 0 ] || shift
case $c in
  check) check ;;
  up) up "$@" ;;
  down) down ;;
  variant) variant "${1:?which variant}" "${2:-}" ;;
  exec)
    n=${1:?which namespace}
    shift
    exec ip netns exec "$P-$n" "$@"
    ;;
  drops) drops ;;
  env) printf '%s\n' UE=$UE PROXY=$PROXY EDGE=$EDGE EDGE_B=$EDGE_B PEER=$PEER ;;
  *)
    sed -n '2,28s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
