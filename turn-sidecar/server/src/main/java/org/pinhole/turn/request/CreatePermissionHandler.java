package org.pinhole.turn.request;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pinhole.stun.StunException;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.relay.PeerPolicy;

/** CreatePermission (RFC 8656 §10.2): all of the peers or none. */
final class CreatePermissionHandler implements RequestHandler {
    private final AllocationTable table;
    private final PeerPolicy policy;

    CreatePermissionHandler(AllocationTable table, PeerPolicy policy) {
        this.table = table;
        this.policy = policy;
    }

    @Override
    public Reply handle(Request request) {
        Allocation allocation = Allocations.require(table, request); // → 437, 441
        List<XorPeerAddress> peers = request.message().all(XorPeerAddress.TYPE);
        if (peers.isEmpty()) {
            throw StunException.badRequest("no XOR-PEER-ADDRESS"); // → 400
        }
        Set<InetAddress> permitted = new LinkedHashSet<>();
        for (XorPeerAddress peer : peers) {
            permitted.add(Peers.require(policy, allocation, peer).getAddress()); // → 443, 403
        }
        allocation.permit(permitted); // → 508
        return Reply.of();
    }
}
