#!/bin/sh
# Writes distribution/src/docs/conformance.md anew from the tests' @Tag("<requirement id>"). Needs a JDK 17, no Maven.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
suite=$root/integration-tests/suite
classes=$suite/target/conformance
mkdir -p "$classes"
javac -d "$classes" "$suite"/src/main/java/org/pinhole/suite/conformance/*.java
exec java -cp "$classes:$suite/src/main/resources" org.pinhole.suite.conformance.WriteConformance "$root"
