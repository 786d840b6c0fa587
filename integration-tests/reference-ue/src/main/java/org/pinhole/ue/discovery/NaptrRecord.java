package org.pinhole.ue.discovery;

/** One NAPTR record (RFC 3403 §4) without its regexp, which SIP does not use (RFC 3263 §4.1). */
public record NaptrRecord(int order, int preference, String flags, String service, String replacement) {
    /** Whether it leads to the SRV records of SIP over TLS. */
    boolean leadsToTls() {
        return flags.equalsIgnoreCase("s") && service.equalsIgnoreCase("SIPS+D2T");
    }
}
