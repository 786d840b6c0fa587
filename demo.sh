#!/bin/sh
# Builds what is missing, then runs the demo: ./demo.sh [--once] [--help]. Needs a JDK 17 and Maven, nothing else; root or not.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
cd "$here"

fail() {
    echo "demo.sh: $1" >&2
    exit 1
}

if [ -n "${JAVA_HOME-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it; point it at a JDK 17"
else
    java=$(command -v java) || fail "no java found; install a JDK 17 (Debian: openjdk-17-jdk-headless)"
fi
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
[ "$version" = 17 ] || fail "$java is Java ${version:-of an unknown version}; building needs a JDK 17, point JAVA_HOME at one"

suite=integration-tests/suite
built=$suite/target/built-for-demo

sources() {
    find pom.xml .mvn README.md CHANGELOG.md LICENSE plugin-api sipservlet-module turn-sidecar integration-tests distribution \
        -name target -prune -o -type f "$@" -print
}

needs_build() {
    [ -f "$built" ] && [ -f "$suite/target/demo.classpath" ] || return 0
    [ -z "$(sources -newer "$built" | head -n 1)" ] || return 0
    [ "$(sources | sort | cksum)" != "$(cat "$built")" ]
}

build() {
    command -v mvn > /dev/null || fail "no mvn found; install Maven 3.8 or later (Debian: maven)"
    [ -x "$(dirname "$java")/javac" ] || command -v javac > /dev/null ||
        fail "$java has no javac beside it; a JDK 17 is needed (Debian: openjdk-17-jdk-headless)"
    echo "Building (the first time Maven fetches plugins and libraries, which takes some minutes)"
    mkdir -p target
    log=target/demo-build.log
    rm -f target/demo-build.status
    sources | sort | cksum > target/built-for-demo
    # The pipe has only the last command's status; Maven's goes through a file.
    { mvn -B -pl $suite -am -DskipTests -Dspotless.check.skip=true package && echo built > target/demo-build.status; } 2>&1 |
        tee "$log" | sed -n 's/^\[INFO\] Building \(.*[^ ]\)  *[^ ][^ ]*  *\(\[.*\]\)$/  \2 \1/p'
    if [ ! -s target/demo-build.status ]; then
        grep '^\[ERROR\]' "$log" | head -n 20 >&2 || true
        fail "the build failed; all of it is in $log"
    fi
    mv target/built-for-demo "$built"
}

case " $* " in
    *" --help "* | *" -h "*) [ -f "$suite/target/demo.classpath" ] || {
        echo "Usage: ./demo.sh [--once] [--work DIR]; once built, --help says more"
        exit 0
    } ;;
    *) if needs_build; then build; fi ;;
esac
# The script becomes the demo, so that a signal to it reaches the demo.
exec "$java" -cp "$suite/target/classes:$(cat "$suite/target/demo.classpath")" org.pinhole.suite.demo.Demo \
    --parts "$suite/target/container-parts" --work target/demo "$@"
