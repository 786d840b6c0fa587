#!/bin/sh
# squid.sh DIR USER PASSWORD-FILE - becomes the bed's CONNECT proxy, whose files are in DIR; run it in the namespace proxy
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?folder} user=${2:?user} password=${3:?password file}
umask 022
mkdir -p "$dir"
printf '%s:%s\n' "$user" "$(openssl passwd -apr1 -in "$password")" >"$dir/passwd"
: >"$dir/access.log"
: >"$dir/cache.log"
[ "$(id -u)" != 0 ] || chown -R proxy "$dir"
sed "s#@DIR@#$dir#" "$here/squid.conf" >"$dir/squid.conf"
exec squid -n "bed$$" -N -f "$dir/squid.conf" # -n: shared memory of its own
