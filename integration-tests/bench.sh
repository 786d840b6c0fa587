#!/bin/sh
# Measures the connector beside the stock processors and Kamailio: integration-tests/bench.sh NAME [options]; NAME is one of
# throughput idle handshakes storm abuse soak head-of-line digest, --help says more. Needs a JDK 17 and Maven; the containers and the load
# run on loopback, beside nothing else if the figures are to count. SKIP_BUILD=1 takes what is built already.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
bench=$root/integration-tests/bench
[ "${SKIP_BUILD:-0}" = 1 ] ||
    (cd "$root" && mvn -o -q -B -pl integration-tests/bench -am -DskipTests -Dspotless.check.skip=true package)
# As many file descriptors as are allowed: a flow needs one on either side.
ulimit -n "$(ulimit -Hn)"
exec java -Xmx2g -XX:+UseParallelGC -Dio.netty.noUnsafe=false \
    -cp "$bench/target/classes:$(cat "$bench/target/bench.classpath")" org.pinhole.bench.BenchMain \
    --parts "$root/integration-tests/suite/target/container-parts" --work "$bench/target/work" "$@"
