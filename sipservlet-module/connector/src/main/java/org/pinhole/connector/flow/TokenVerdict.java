package org.pinhole.connector.flow;

import org.jspecify.annotations.Nullable;

/** What a flow token turned out to be. */
public final class TokenVerdict {
    /** The three things that a text in a token's place can be. */
    public enum Kind {
        /** Made by us, with the key in use: names one connection, which may be open or gone. */
        GENUINE,
        /** Made with a key that is no longer ours: whatever it named is gone (430). */
        RETIRED,
        /** Not made by us, or altered (403). */
        TAMPERED
    }

    private static final TokenVerdict RETIRED = new TokenVerdict(Kind.RETIRED, null);
    private static final TokenVerdict TAMPERED = new TokenVerdict(Kind.TAMPERED, null);

    private final Kind kind;
    private final @Nullable ConnectionId connection;

    private TokenVerdict(Kind kind, @Nullable ConnectionId connection) {
        this.kind = kind;
        this.connection = connection;
    }

    static TokenVerdict genuine(ConnectionId connection) {
        return new TokenVerdict(Kind.GENUINE, connection);
    }

    static TokenVerdict retired() {
        return RETIRED;
    }

    static TokenVerdict tampered() {
        return TAMPERED;
    }

    /** Which of the three. */
    public Kind kind() {
        return kind;
    }

    /** The connection that a genuine token names; null for the others. */
    public @Nullable ConnectionId connection() {
        return connection;
    }
}
