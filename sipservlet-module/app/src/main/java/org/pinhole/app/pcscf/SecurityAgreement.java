package org.pinhole.app.pcscf;

import java.util.List;
import java.util.Locale;
import org.pinhole.app.chain.HeaderText;

/** The one mechanism that we agree to, and how it is named in Security-Client, -Server and -Verify (RFC 3329 §2.2). Pure. */
final class SecurityAgreement {
    /** What we say: TLS, and nothing to choose from. */
    static final String SERVER = "tls;q=0.1";

    private SecurityAgreement() {}

    /** Whether one of these mechanisms is TLS. */
    static boolean offersTls(List<String> fields) {
        for (String mechanism : HeaderValues.of(fields)) {
            if (nameOf(mechanism).equals("tls")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a Security-Verify repeats what we said, so that nobody in between has altered it (RFC 3329 §2.3.1). */
    static boolean verifies(List<String> fields) {
        List<String> mechanisms = HeaderValues.of(fields);
        if (mechanisms.size() != 1) {
            return false;
        }
        List<String> parts = HeaderText.split(mechanisms.get(0), ';');
        return parts.size() == 2
                && parts.get(0).equalsIgnoreCase("tls")
                && parts.get(1).replace(" ", "").equalsIgnoreCase("q=0.1");
    }

    private static String nameOf(String mechanism) {
        return HeaderText.split(mechanism, ';').get(0).toLowerCase(Locale.ROOT);
    }
}
