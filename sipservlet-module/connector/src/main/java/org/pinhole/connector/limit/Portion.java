package org.pinhole.connector.limit;

/**
 * What one station of a connection has of that which the connection holds: told as it is, not as it changes. Not safe for several
 * threads.
 */
public final class Portion {
    private final Holding of;
    private int octets;

    Portion(Holding of) {
        this.of = of;
    }

    /** So many octets from now on. That may be the end of a connection, of this one or of another. */
    public void is(int now) {
        int change = now - octets;
        octets = now;
        of.change(change);
    }

    /** Whether somebody has been authenticated on the connection. */
    public boolean isOfKnown() {
        return of.isKnown();
    }
}
