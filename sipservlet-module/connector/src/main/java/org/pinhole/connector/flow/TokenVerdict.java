package org.pinhole.connector.flow;

import org.jspecify.annotations.Nullable;

/** What a flow token turned out to be. */
public final class TokenVerdict {
    /** The three things that a text in a token's place can be. */
    public enum Kind {
        /** Made here: names one connection, which may be open or gone (430). */
        GENUINE,
        /** Made by another node with the keys that we share: what it names is not here (430). */
        ELSEWHERE,
        /** Not made by us, or altered (403). */
        TAMPERED
    }

    private static final TokenVerdict ELSEWHERE = new TokenVerdict(Kind.ELSEWHERE, null);
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

    static TokenVerdict elsewhere() {
        return ELSEWHERE;
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
