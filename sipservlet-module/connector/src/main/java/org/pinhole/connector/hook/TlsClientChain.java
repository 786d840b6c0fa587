package org.pinhole.connector.hook;

import gov.nist.javax.sip.message.SIPRequest;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.pinhole.api.Flow;
import org.pinhole.api.TlsDetails;
import org.pinhole.connector.transport.Arrivals;

/**
 * A phone's certificates where servlets look for them: the request attribute that JSR 289 takes over from the Servlet
 * specification. They come from the connection that the request came on, so nothing in a message can bring them about.
 */
final class TlsClientChain {
    private static final String ATTRIBUTE = "javax.servlet.request.X509Certificate";

    private TlsClientChain() {}

    /**
     * Whether a request that is received bears the mark of the flow on which it reached this container, and must keep it: an
     * application has passed it on to the next. What comes from a network bears no mark yet. The phone's Via below that of
     * the application tells it from a request that an application has made of the phone's, as B2BUAs do.
     */
    static boolean isPassedOn(SIPRequest request) {
        return Arrivals.flowOf(request.getMessageChannel()) != null
                && request.getViaHeaders() != null
                && request.getViaHeaders().size() > 1;
    }

    /** Does nothing to a request that came on no flow of ours, or from a phone that has shown no certificate. */
    static void putOn(SipServletRequestImpl request) {
        Object message = request.getMessage();
        if (!(message instanceof SIPRequest)) {
            return;
        }
        @Nullable Flow flow = Arrivals.flowOf(((SIPRequest) message).getMessageChannel());
        @Nullable TlsDetails tls = flow == null ? null : flow.tls();
        if (tls != null && !tls.clientCertificates().isEmpty()) {
            request.setAttribute(ATTRIBUTE, tls.clientCertificates().toArray(new X509Certificate[0]));
        }
    }
}
