package org.pinhole.turn.request;

import java.net.InetSocketAddress;
import java.util.List;
import org.pinhole.stun.StunException;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.TcpAllocation;
import org.pinhole.turn.relay.PeerPolicy;

/** Connect (RFC 6062 §5.2). The answer comes when the peer's does, or thirty seconds later. */
final class ConnectHandler implements RequestHandler {
    private final AllocationTable table;
    private final PeerPolicy policy;

    ConnectHandler(AllocationTable table, PeerPolicy policy) {
        this.table = table;
        this.policy = policy;
    }

    @Override
    public Reply handle(Request request) {
        TcpAllocation allocation = Allocations.requireTcp(table, request); // → 437, 441
        XorPeerAddress peer = request.message().require(XorPeerAddress.TYPE); // → 400
        InetSocketAddress address = Peers.requireTransport(policy, allocation, peer); // → 443, 403
        if (address.getPort() == 0) {
            throw StunException.badRequest("port 0 cannot be connected to"); // → 400
        }
        return Reply.later(allocation.connect(address).thenApply(List::of)); // → 446, 447, 486
    }
}
