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
#        netbed.sh guest NAME VARIANT [N]  one more host inside, behind rules of its own; again, and only its rules are swapped
#        netbed.sh exec NS CMD...    becomes CMD in ue, proxy, fw, edge, peer or a guest
#        netbed.sh env               the addresses as KEY=value lines
#        netbed.sh drops             how many packets to and from ue and proxy were dropped since the variant was set
#        netbed.sh down              ends what runs in the namespaces and removes them
#
# variants (stateful; whatever is not let through is dropped without a word; the outside is never let in). With N behind it
# what has been idle for N seconds is forgotten, and nothing of it passes any more, either way:
#        open        everything passes
#        web         from inside to outside TCP 443 and 80 only
#        idle N      the same
#        proxy       ue reaches TCP 3128 of proxy only; proxy reaches TCP 443 outside only
#
# variants of a guest, who is not touched by the others:
#        open, web   as above
#        refuse      web, but the rest is answered by a reset or by ICMP
#        only443     TCP 443 only
#        noudp       all of TCP
#        proxy       TCP 3128 of proxy only
#        dpi         web, but what begins on 443 with anything but TLS, or on 80 with anything but HTTP, is reset
#        dpi-alpn    web, but TCP 443 goes by way of port 4434 of fw, where somebody looks at its ALPN
#        idle-rst    web, but what was forgotten for its idleness is answered by a reset
#        intercept   web, but TCP 443 ends at port 4433 of fw, whoever is there
#        nat         everything from inside, as if it came from 203.0.113.1; nothing that was not asked for from outside
#        loss N      everything, but for N packets in a hundred
#        cut N       everything but TCP N, of which not even what stands passes
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

gateway() { case $1 in ue) echo 192.0.2.1 ;; proxy) echo 192.0.2.129 ;; edge) echo 203.0.113.1 ;; peer) echo 198.51.100.1 ;; *) echo "10.77.$guest.1" ;; esac; }
address() { case $1 in ue) echo $UE ;; proxy) echo $PROXY ;; edge) echo $EDGE ;; peer) echo $PEER ;; *) echo "10.77.$guest.2" ;; esac; }
link() { case $1 in ue | proxy | edge | peer) echo "to-$1" ;; *) echo "g-$1" ;; esac; }
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
  for h in $(ip netns list | sed -n "s/^$P-\([a-z0-9]*\).*/\1/p"); do
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
  ip -n "$P-fw" link add "$(link "$1")" type veth peer name eth0 netns "$P-$1"
  ip -n "$P-fw" addr add "$(gateway "$1")/$(mask "$1")" dev "$(link "$1")"
  ip -n "$P-fw" link set "$(link "$1")" up
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
  case $1 in
    open) rules="accept" ;;
    web | idle) rules="iifname { to-ue, to-proxy } tcp dport { 80, 443 } $new" ;;
    proxy) rules="iifname to-ue oifname to-proxy tcp dport 3128 $new
    iifname to-proxy oifname { to-edge, to-peer } tcp dport 443 $new" ;;
    *) die "unknown variant $1; there are open, web, idle, proxy" ;;
  esac
  [ "$1" != idle ] || : "${2:?after how many seconds}"
  if [ -n "$2" ]; then forgets "$2" 0; else forgets 432000 1; fi
  inside fw nft -f - <<X
table inet fw
delete table inet fw
table inet fw {
  counter dropped { }
  chain forward { type filter hook forward priority 0; policy drop;
    iifname "g-*" accept
    oifname "g-*" accept
    iifname { to-edge, to-peer } oifname { to-edge, to-peer } accept comment "outside is unfiltered"
    ct state established,related accept
    $rules
    counter name dropped drop
  }
}
X
}

guest() {
  guest=$(ip -n "$P-fw" -brief link | grep -c '^g-' || true)
  ip netns list | grep -q "^$P-$1\b" || plug "$1"
  new='tcp flags & (syn|ack) == syn ct state new accept'
  known='ct state established,related accept'
  web="$known
    tcp dport { 80, 443 } $new"
  nat=
  own=$(ip -n "$P-$1" -4 -brief address show dev eth0 | sed -n 's#.* \([0-9.]*\)/.*#\1#p')
  case $2 in
    open) rules=accept ;;
    web) rules=$web ;;
    refuse) rules="$web
    meta l4proto tcp reject with tcp reset
    reject with icmpx type admin-prohibited" ;;
    only443) rules="$known
    tcp dport 443 $new" ;;
    noudp) rules="meta l4proto tcp accept" ;;
    proxy) rules="$known
    oifname to-proxy tcp dport 3128 $new" ;;
    dpi) rules="iifname g-$1 tcp dport 443 ct mark 0 @ih,0,16 { 0x1601, 0x1603 } ct mark set 1 accept
    iifname g-$1 tcp dport 443 ct mark 0 @ih,0,8 >= 0 reject with tcp reset
    iifname g-$1 tcp dport 80 ct mark 0 @ih,0,24 { 0x474554, 0x504f53, 0x505554, 0x484541, 0x4f5054 } ct mark set 1 accept
    iifname g-$1 tcp dport 80 ct mark 0 @ih,0,8 >= 0 reject with tcp reset
    $web" ;;
    intercept | dpi-alpn)
      rules=$web
      [ "$2" = intercept ] && port=4433 || port=4434
      nat="chain before { type nat hook prerouting priority -100; iifname g-$1 tcp dport 443 redirect to :$port; }"
      ;;
    idle-rst) rules="$web
    meta l4proto tcp reject with tcp reset" ;;
    nat)
      rules="$known
    iifname g-$1 accept"
      nat="chain after { type nat hook postrouting priority 100;
      ip saddr $own oifname { to-edge, to-peer } snat to $(gateway edge); }
    chain own { type filter hook input priority 10; iifname { to-edge, to-peer } ct state new drop; }"
      ;;
    loss) rules="numgen random mod 100 < ${3:?how many of a hundred} drop
    accept" ;;
    cut) rules="tcp dport ${3:?which port} drop
    tcp sport $3 drop
    accept" ;;
    *) die "unknown variant $2 of a guest; there are open, web, refuse, only443, noudp, proxy, dpi, dpi-alpn, idle-rst, intercept, nat, loss, cut" ;;
  esac
  inside fw nft -f - <<X
table inet $1
delete table inet $1
table inet $1 {
  $nat
  chain forward { type filter hook forward priority 10; policy accept;
    iifname != g-$1 oifname != g-$1 accept
    $rules
    drop
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
  guest) guest "${1:?what name}" "${2:?which variant}" "${3:-}" ;;
  exec)
    n=${1:?which namespace}
    shift
    exec ip netns exec "$P-$n" "$@"
    ;;
  drops) drops ;;
  env) printf '%s\n' UE=$UE PROXY=$PROXY EDGE=$EDGE EDGE_B=$EDGE_B PEER=$PEER ;;
  *)
    sed -n '2,41s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
