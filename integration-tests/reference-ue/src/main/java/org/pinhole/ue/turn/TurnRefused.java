package org.pinhole.ue.turn;

import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.StunMessage;

/** The server answered a request with an error (RFC 8489 §14.8, RFC 8656 §19). */
public final class TurnRefused extends TurnException {
    private static final long serialVersionUID = 1L;
    private final int code;

    private TurnRefused(int code, String message) {
        super(message);
        this.code = code;
    }

    static TurnRefused of(StunMessage answer) {
        ErrorCode error = answer.require(ErrorCode.TYPE);
        String reason = error.reason().isEmpty() ? "" : " (" + error.reason() + ")";
        String seen = MethodName.of(answer.type().method()) + " was answered with " + error.code() + reason;
        return new TurnRefused(error.code(), seen + advice(error.code()));
    }

    private static String advice(int code) {
        return switch (code) {
            case 400 -> "; the server cannot read the request";
            case 401 -> "; it does not know this user with this password, or the credentials have expired";
            case 403 -> "; the server's policy forbids that peer";
            case 420 -> "; it does not know an attribute that we need";
            case 437 -> "; the allocation is gone, or another one is on this connection";
            case 440, 443 -> "; it has no relay of that address family";
            case 441 -> "; the allocation belongs to another user";
            case 442 -> "; it relays no such transport";
            case 486 -> "; the user has as many allocations as the server grants";
            case 500 -> "; the server cannot check the credentials now, try again";
            case 508 -> "; the server has no relay port free, try again";
            default -> "";
        };
    }

    /** The ERROR-CODE, 300 to 699. */
    public int code() {
        return code;
    }
}
