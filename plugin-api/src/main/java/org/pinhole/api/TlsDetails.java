package org.pinhole.api;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the TLS handshake of a flow has agreed on. Immutable. */
public final class TlsDetails {
    private final String protocol;
    private final String cipherSuite;
    private final @Nullable String applicationProtocol;

    private final boolean resumed;
    private final List<X509Certificate> clientCertificates;

    private TlsDetails(
            String protocol,
            String cipherSuite,
            @Nullable String applicationProtocol,
            boolean resumed,
            List<X509Certificate> clientCertificates) {
        this.protocol = protocol;
        this.cipherSuite = cipherSuite;
        this.applicationProtocol = applicationProtocol;
        this.resumed = resumed;
        this.clientCertificates = clientCertificates;
    }

    /**
     * What was agreed on.
     *
     * @param applicationProtocol the name that ALPN chose (RFC 7301), or null when it chose none
     */
    public static TlsDetails of(String protocol, String cipherSuite, @Nullable String applicationProtocol) {
        return of(protocol, cipherSuite, applicationProtocol, false, Collections.emptyList());
    }

    /**
     * What was agreed on, and with whom.
     *
     * @param resumed whether an earlier session was resumed
     * @param clientCertificates the phone's certificate, verified, then its issuers; empty when it showed none
     */
    public static TlsDetails of(
            String protocol,
            String cipherSuite,
            @Nullable String applicationProtocol,
            boolean resumed,
            List<X509Certificate> clientCertificates) {
        List<X509Certificate> chain = clientCertificates.isEmpty()
                ? Collections.<X509Certificate>emptyList()
                : Collections.unmodifiableList(new ArrayList<>(clientCertificates));
        return new TlsDetails(protocol, cipherSuite, applicationProtocol, resumed, chain);
    }

    /** The version, such as {@code TLSv1.3}. */
    public String protocol() {
        return protocol;
    }

    /** The cipher suite by its IANA name, such as {@code TLS_AES_128_GCM_SHA256}. */
    public String cipherSuite() {
        return cipherSuite;
    }

    /** The name that ALPN chose, such as {@code sip/2}, or null when it chose none. */
    public @Nullable String applicationProtocol() {
        return applicationProtocol;
    }

    /** Whether an earlier session was resumed. */
    public boolean resumed() {
        return resumed;
    }

    /** The phone's certificate, verified, then its issuers; empty when it showed none. */
    public List<X509Certificate> clientCertificates() {
        return clientCertificates;
    }

    @Override
    public String toString() {
        return protocol + " " + cipherSuite + (applicationProtocol == null ? "" : " " + applicationProtocol)
                + (resumed ? " resumed" : "");
    }
}
