package org.pinhole.turn.request;

import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.AdditionalAddressFamily;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.AlternateDomain;
import org.pinhole.stun.AlternateServer;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.EvenPort;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedAddressFamily;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.ReservationToken;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.Lifetimes;
import org.pinhole.turn.allocation.Owner;
import org.pinhole.turn.relay.Relays;

/** Allocate (RFC 8656 §7.2); step 1, authentication, is behind us. */
final class AllocateHandler implements RequestHandler {
    private final AllocationTable table;
    private final Relays relays;
    private final Admission admission;

    AllocateHandler(AllocationTable table, Relays relays, Admission admission) {
        this.table = table;
        this.relays = relays;
        this.admission = admission;
    }

    @Override
    public List<Attribute> handle(Request request) {
        Allocation present = table.find(request.fiveTuple());
        if (present != null) {
            return replay(present, request); // step 2 → 437; a retransmission replays its answer
        }
        requireUdp(request.message()); // step 3 → 400, 442
        refuseReservation(request.message()); // step 5 → 400, 508; step 4 is a 420 of the router
        StandardProtocolFamily family = family(request.message()); // steps 6, 7 → 400, 440
        boolean even = evenPort(request.message()); // step 8 → 508; step 9 is optional and left out
        requireAdmission(request); // step 11 → 300, 508
        long lifetime = lifetimeSeconds(request.message());
        Owner owner = new Owner(request.user().name(), request.user().keys());
        AllocationTable.Wish wish = new AllocationTable.Wish(family, even, lifetime);
        return answer(
                table.open(request.path(), owner, request.message().transactionId(), wish), // step 10 → 486, 508
                request);
    }

    private static List<Attribute> replay(Allocation present, Request request) {
        if (!present.openedBy(request.message().transactionId())
                || !present.owner().username().equals(request.user().name())) {
            throw new StunException(437, "the five-tuple has an allocation");
        }
        return answer(present, request);
    }

    private void requireAdmission(Request request) {
        Admission.Decision decision = admission.decide(request.fiveTuple());
        if (decision instanceof Admission.Redirected elsewhere) {
            throw tryAlternate(request, elsewhere);
        }
        if (decision instanceof Admission.Refused) {
            throw new StunException(508, "no new allocations");
        }
    }

    /** "MUST contain an IP address of the same address family as the source IP address" (RFC 8489 §10). */
    private static StunException tryAlternate(Request request, Admission.Redirected elsewhere) {
        if (AddressFamily.of(elsewhere.address().getAddress())
                != AddressFamily.of(request.source().getAddress())) {
            return new StunException(508, "no new allocations, and elsewhere only in the other address family");
        }
        List<Attribute> where = new ArrayList<>();
        where.add(new AlternateServer(elsewhere.address()));
        if (elsewhere.domain() != null) {
            where.add(new AlternateDomain(elsewhere.domain()));
        }
        return new StunException(300, "try " + elsewhere.address(), where);
    }

    private static void requireUdp(StunMessage message) {
        int protocol = message.require(RequestedTransport.TYPE).protocol();
        if (protocol != RequestedTransport.UDP) {
            throw new StunException(442, "transport %d to peers is not supported".formatted(protocol));
        }
    }

    /** Nothing is ever reserved here yet, so no token is valid. */
    private static void refuseReservation(StunMessage message) {
        if (message.find(ReservationToken.TYPE) == null) {
            return;
        }
        if (message.has(EvenPort.TYPE)
                || message.has(RequestedAddressFamily.TYPE)
                || message.has(AdditionalAddressFamily.TYPE)) {
            throw StunException.badRequest("RESERVATION-TOKEN with an attribute that it excludes");
        }
        throw new StunException(508, "unknown reservation");
    }

    private StandardProtocolFamily family(StunMessage message) {
        RequestedAddressFamily requested = message.find(RequestedAddressFamily.TYPE);
        if (requested != null && message.has(AdditionalAddressFamily.TYPE)) {
            throw StunException.badRequest("REQUESTED-ADDRESS-FAMILY with ADDITIONAL-ADDRESS-FAMILY");
        }
        StandardProtocolFamily family = familyOf(requested);
        if (family == null || !relays.supports(family)) {
            throw new StunException(440, "no relay of the address family that was asked for");
        }
        return family;
    }

    private static @Nullable StandardProtocolFamily familyOf(@Nullable RequestedAddressFamily requested) {
        if (requested == null || requested.family() == AddressFamily.IPV4) {
            return StandardProtocolFamily.INET;
        }
        return requested.family() == AddressFamily.IPV6 ? StandardProtocolFamily.INET6 : null;
    }

    private static boolean evenPort(StunMessage message) {
        EvenPort even = message.find(EvenPort.TYPE);
        if (even != null && even.reserveNext()) {
            throw new StunException(508, "ports are not reserved in pairs");
        }
        return even != null;
    }

    private static long lifetimeSeconds(StunMessage message) {
        Lifetime lifetime = message.find(Lifetime.TYPE);
        return lifetime == null ? Lifetimes.DEFAULT_SECONDS : Lifetimes.clamp(lifetime.seconds());
    }

    private static List<Attribute> answer(Allocation allocation, Request request) {
        return List.of(
                new XorRelayedAddress(allocation.relayedAddress()),
                new Lifetime(allocation.remainingSeconds()),
                new XorMappedAddress(request.source()));
    }
}
