package org.pinhole.ue.turn;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;

/**
 * The one request of a client data connection. Reads the answer octet for octet as long as it is and no further: what is
 * behind it is the peer's (RFC 6062 §4.3).
 */
final class ConnectionBinding {
    /** What the server gives us, RFC 6062 §5.4. */
    private static final Duration WITHIN = Duration.ofSeconds(30);

    /** A nonce may be bound to the address that asked, and this connection has another. */
    private static final int MAX_CHALLENGES = 2;

    private final StreamConnection connection;
    private final TurnCredentials credentials;
    private final RandomGenerator random;

    ConnectionBinding(StreamConnection connection, TurnCredentials credentials, RandomGenerator random) {
        this.connection = connection;
        this.credentials = credentials;
        this.random = random;
    }

    /** Binds; throws what the server said when it does not. */
    void bind(ConnectionId id, @Nullable LongTermAuthentication control) throws IOException {
        connection.limitReads(WITHIN);
        StunMessage answer = exchange(id, control);
        for (int i = 0; i < MAX_CHALLENGES && challenges(answer); i++) {
            answer = exchange(id, LongTermAuthentication.answering(answer, credentials));
        }
        if (answer.type().kind() == StunClass.ERROR) {
            throw TurnRefused.of(answer);
        }
        connection.limitReads(Duration.ZERO);
    }

    private static boolean challenges(StunMessage answer) {
        int code = TurnClient.errorCode(answer);
        return code == 401 || code == 438;
    }

    private StunMessage exchange(ConnectionId id, @Nullable LongTermAuthentication authentication) throws IOException {
        ClientTransaction transaction = new ClientTransaction(
                StunMethod.CONNECTION_BIND, TransactionId.random(random), List.of(id), authentication);
        connection.out().write(transaction.frame());
        connection.out().flush();
        transaction.take(read(connection.in()));
        StunMessage answer = transaction.answer().getNow(null);
        if (answer == null) {
            throw new TurnException(transaction.nothing());
        }
        return answer;
    }

    private static StunMessage read(InputStream in) throws IOException {
        try {
            byte[] frame = FrameReader.unbuffered(in).next();
            if (frame == null) {
                throw new TurnException("the server closed the data connection instead of answering ConnectionBind");
            }
            return StunMessage.decode(Unpooled.wrappedBuffer(frame));
        } catch (SocketTimeoutException e) {
            throw new TurnException("no answer to ConnectionBind within " + WITHIN.toSeconds() + " s", e);
        } catch (StunException e) {
            throw new TurnException("the answer to ConnectionBind is malformed: " + e.getMessage(), e);
        }
    }
}
