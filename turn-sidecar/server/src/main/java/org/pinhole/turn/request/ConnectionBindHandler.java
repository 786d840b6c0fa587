package org.pinhole.turn.request;

import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.StunException;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.PeerConnection;
import org.pinhole.turn.allocation.PendingConnections;

/** ConnectionBind (RFC 6062 §5.4): the connection that it comes on carries a peer's bytes from behind the answer on. */
final class ConnectionBindHandler implements RequestHandler {
    private final AllocationTable table;
    private final PendingConnections pending;

    ConnectionBindHandler(AllocationTable table, PendingConnections pending) {
        this.table = table;
        this.pending = pending;
    }

    @Override
    public Reply handle(Request request) {
        if (!request.fiveTuple().transport().isStream()) {
            throw StunException.badRequest("ConnectionBind over UDP"); // → 400
        }
        ConnectionId id = request.message().require(ConnectionId.TYPE); // → 400
        if (table.isTaken(request.fiveTuple())) {
            throw StunException.badRequest(
                    "ConnectionBind on a connection that has an allocation"); // "a new connection"
        }
        PeerConnection connection = pending.take(id, request.user().account());
        if (connection == null) {
            throw StunException.badRequest("no such connection is pending"); // → 400
        }
        return Reply.then(() -> connection.bind(request.path().becomeDataConnection()));
    }
}
