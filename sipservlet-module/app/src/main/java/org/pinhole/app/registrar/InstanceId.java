package org.pinhole.app.registrar;

import java.util.Locale;

/** The identity of a phone, a URN in angle brackets (RFC 5626 §4.1). */
final class InstanceId {
    private InstanceId() {}

    /** Whether both name the same phone: "urn", its namespace and a UUID are compared without regard to case. */
    static boolean same(String one, String other) {
        return canonical(one).equals(canonical(other));
    }

    /** A form that is equal for equal URNs (RFC 8141 §3.1, RFC 4122 §3). */
    static String canonical(String instanceId) {
        String lower = instanceId.toLowerCase(Locale.ROOT);
        if (lower.startsWith("<urn:uuid:")) {
            return lower;
        }
        int namespaceEnd = lower.startsWith("<urn:") ? lower.indexOf(':', 5) : -1;
        return namespaceEnd < 0 ? instanceId : lower.substring(0, namespaceEnd) + instanceId.substring(namespaceEnd);
    }
}
