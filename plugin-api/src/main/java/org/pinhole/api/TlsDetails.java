package org.pinhole.api;

import org.jspecify.annotations.Nullable;

/** What the TLS handshake of a flow has agreed on. Immutable. */
public final class TlsDetails {
    private final String protocol;
    private final String cipherSuite;
    private final @Nullable String applicationProtocol;

    private TlsDetails(String protocol, String cipherSuite, @Nullable String applicationProtocol) {
        this.protocol = protocol;
        this.cipherSuite = cipherSuite;
        this.applicationProtocol = applicationProtocol;
    }

    /**
     * What was agreed on.
     *
     * @param applicationProtocol the name that ALPN chose (RFC 7301), or null when it chose none
     */
    public static TlsDetails of(String protocol, String cipherSuite, @Nullable String applicationProtocol) {
        return new TlsDetails(protocol, cipherSuite, applicationProtocol);
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

    @Override
    public String toString() {
        return protocol + " " + cipherSuite + (applicationProtocol == null ? "" : " " + applicationProtocol);
    }
}
