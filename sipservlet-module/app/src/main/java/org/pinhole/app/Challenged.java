package org.pinhole.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.servlet.sip.SipServletResponse;

/**
 * The branches of one request whose phones ask for credentials. The one answer that goes to the caller has all their
 * challenges, each phone's in its own order, or the caller could answer but one (RFC 3261 §16.7 step 7, RFC 8760 §2.5).
 */
final class Challenged {
    private static final List<String> FIELDS =
            Collections.unmodifiableList(Arrays.asList("WWW-Authenticate", "Proxy-Authenticate"));

    private final List<SipServletResponse> answers = new ArrayList<>();

    private static boolean isOne(SipServletResponse answer) {
        return answer.getStatus() == SipServletResponse.SC_UNAUTHORIZED
                || answer.getStatus() == SipServletResponse.SC_PROXY_AUTHENTICATION_REQUIRED;
    }

    /** A final answer of a branch. */
    void answered(SipServletResponse answer) {
        if (isOne(answer)) {
            answers.add(answer);
        }
    }

    /** The answer that was found best goes to the caller. */
    void complete(SipServletResponse best) {
        if (!isOne(best)) {
            return;
        }
        for (SipServletResponse other : answers) {
            if (other != best) {
                for (String field : FIELDS) {
                    ServletExchange.headers(other, field)
                            .forEach(value -> best.addHeader(ServletExchange.repeatable(field), value));
                }
            }
        }
    }
}
