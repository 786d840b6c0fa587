package org.pinhole.turn.allocation;

/**
 * What one user may hold and send, and what all together may; 0 is no limit where it says so.
 *
 * @param allocationsOfUser beyond it 486
 * @param allocations of all users, 0 for no limit; beyond it 508
 * @param connectionsOfUser peer connections (RFC 6062); beyond it 486
 * @param connections of all users, 0 for no limit; beyond it 508
 * @param bytesPerSecondOfUser user data in both directions together, 0 for no limit
 * @param bytesPerSecond of all users, 0 for no limit
 */
public record QuotaLimits(
        int allocationsOfUser,
        int allocations,
        int connectionsOfUser,
        int connections,
        long bytesPerSecondOfUser,
        long bytesPerSecond) {

    public static final QuotaLimits DEFAULT = new QuotaLimits(100, 0, 256, 0, ByteRate.UNLIMITED, ByteRate.UNLIMITED);

    /** Only so many allocations of one user, else the default. */
    static QuotaLimits ofAllocations(int ofUser) {
        return new QuotaLimits(ofUser, 0, DEFAULT.connectionsOfUser, 0, ByteRate.UNLIMITED, ByteRate.UNLIMITED);
    }
}
