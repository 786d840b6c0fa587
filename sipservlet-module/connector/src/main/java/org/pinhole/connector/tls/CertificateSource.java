package org.pinhole.connector.tls;

import java.util.Date;
import java.util.List;

/** Tells where the certificates of a connector are at the moment. */
@FunctionalInterface
public interface CertificateSource {
    /**
     * At least one pair; the first is the default.
     *
     * @throws TlsFault naming the parameter, what it names and what is expected there
     */
    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    List<IdentityFiles> files(Date now) throws TlsFault;

    /** Whether they are found where somebody puts them, rather than named one by one: one more may be half there, or a stray. */
    default boolean isSearched() {
        return false;
    }
}
