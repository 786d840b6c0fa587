package org.pinhole.connector.limit;

/**
 * The octets that one connection holds of messages, TLS records and handshakes whose end has not come yet, and a stranger's of
 * answers that it has not read, as part of all that are held. Any thread.
 */
public final class Holding {
    private final UnfinishedOctets all;
    private final Network source;
    private final Runnable end;

    /** Guarded, as all that changes, by those that it is part of. */
    private long octets;

    private volatile boolean known;
    private boolean over;

    Holding(UnfinishedOctets all, Network source, Runnable end) {
        this.all = all;
        this.source = source;
        this.end = end;
    }

    /** It holds so many more octets, or less. That may be the end of a connection, of this one or of another. */
    public void change(int octets) {
        if (octets != 0) {
            all.change(this, octets);
        }
    }

    /** Nothing yet of it, for one of the connection's stations. */
    public Portion portion() {
        return new Portion(this);
    }

    /** Somebody has been authenticated on the connection: it need not make room for strangers. */
    public void known() {
        all.known(this);
    }

    /** The connection is gone, and so is what it held. */
    public void release() {
        all.release(this);
    }

    /** Where it comes from. */
    Network source() {
        return source;
    }

    long octets() {
        return octets;
    }

    void add(long more) {
        octets += more;
    }

    /** Whether somebody has been authenticated on the connection. */
    public boolean isKnown() {
        return known;
    }

    void isKnownNow() {
        known = true;
    }

    boolean isOver() {
        return over;
    }

    void isOverNow() {
        over = true;
        octets = 0;
    }

    void end() {
        end.run();
    }
}
