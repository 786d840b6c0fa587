#!/bin/sh
# squid.sh DIR PASSWORD-FILE IDLE USER... - becomes the bed's CONNECT proxy, whose files are in DIR and who ends what has been
# idle for that many seconds; run it in the namespace proxy
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?folder} password=${2:?password file} idle=${3:?seconds}
shift 3
umask 022
mkdir -p "$dir"
for user; do printf '%s:%s\n' "$user" "$(openssl passwd -apr1 -in "$password")"; done >"$dir/passwd"
: >"$dir/access.log"
: >"$dir/cache.log"
[ "$(id -u)" != 0 ] || chown -R proxy "$dir"
sed "s#@DIR@#$dir#; s#@IDLE@#$idle#" "$here/squid.conf" >"$dir/squid.conf"
exec squid -n "bed$$" -N -f "$dir/squid.conf" # -n: shared memory of its own
