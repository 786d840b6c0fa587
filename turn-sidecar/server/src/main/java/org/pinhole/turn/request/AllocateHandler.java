package org.pinhole.turn.request;

import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.AdditionalAddressFamily;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.DontFragment;
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
import org.pinhole.turn.allocation.Wish;
import org.pinhole.turn.relay.Relays;

/** Allocate (RFC 8656 §7.2, RFC 6062 §5.1); step 1, authentication, is behind us. */
final class AllocateHandler implements RequestHandler {
    private final AllocationTable table;
    private final Relays relays;
    private final Admissions admissions;
    private final BooleanSupplier tcpRelays;

    AllocateHandler(AllocationTable table, Relays relays, Rules rules) {
        this.table = table;
        this.relays = relays;
        this.admissions = new Admissions(rules.admission());
        this.tcpRelays = rules.tcpRelays();
    }

    @Override
    public Reply handle(Request request) {
        if (table.isTaken(request.fiveTuple())) {
            return replay(table.find(request.path()), request); // step 2 → 437; a retransmission replays its answer
        }
        StunMessage message = request.message();
        boolean tcp = requireTransport(request) == RequestedTransport.TCP; // step 3 → 400, 442
        requireFragments(message); // step 4 → 420
        ReservationToken token = token(message); // step 5 → 400; → 508 when it opens nothing
        StandardProtocolFamily family = family(message); // steps 6, 7 → 400, 440
        Wish.Port port = port(message); // step 8 → 400, 508
        boolean dual = dual(message); // step 9 → 400, 508
        admissions.require(request.fiveTuple()); // step 11 → 300, 508
        Wish wish = new Wish(tcp, family, dual, port, token, lifetimeSeconds(message));
        return answer(open(request, wish), request); // step 10 → 486, 508, and 300 where there is room elsewhere
    }

    /** Where no port, socket or quota of all is left, another server may have them; a reserved port is on this one alone. */
    private Allocation open(Request request, Wish wish) {
        try {
            return table.open(request.path(), request.owner(), request.message().transactionId(), wish);
        } catch (StunException e) {
            if (e.code() == 508 && wish.token() == null) {
                admissions.sendElsewhere(request.fiveTuple());
            }
            throw e;
        }
    }

    private static Reply replay(@Nullable Allocation present, Request request) {
        if (present == null
                || !present.openedBy(request.message().transactionId())
                || !present.owner().isUser(request.user().account())) {
            throw new StunException(437, "the five-tuple has an allocation");
        }
        return answer(present, request);
    }

    /** For TCP, RFC 6062's own checks: a stream to the client, and nothing that speaks of datagrams and their ports. */
    private int requireTransport(Request request) {
        StunMessage message = request.message();
        int protocol = message.require(RequestedTransport.TYPE).protocol();
        boolean offered =
                protocol == RequestedTransport.UDP || (protocol == RequestedTransport.TCP && tcpRelays.getAsBoolean());
        if (!offered) {
            throw new StunException(442, "transport %d to peers is not supported".formatted(protocol));
        }
        if (protocol == RequestedTransport.TCP) {
            if (!request.fiveTuple().transport().isStream()) {
                throw StunException.badRequest("a TCP allocation over UDP");
            }
            if (message.has(DontFragment.TYPE) || message.has(EvenPort.TYPE) || message.has(ReservationToken.TYPE)) {
                throw StunException.badRequest("DONT-FRAGMENT, EVEN-PORT or RESERVATION-TOKEN with TCP");
            }
        }
        return protocol;
    }

    private void requireFragments(StunMessage message) {
        if (message.has(DontFragment.TYPE) && !relays.canForbidFragments()) {
            throw StunException.unknownAttributes(List.of(DontFragment.TYPE.code()));
        }
    }

    private static @Nullable ReservationToken token(StunMessage message) {
        ReservationToken token = message.find(ReservationToken.TYPE);
        if (token != null
                && (message.has(EvenPort.TYPE)
                        || message.has(RequestedAddressFamily.TYPE)
                        || message.has(AdditionalAddressFamily.TYPE))) {
            throw StunException.badRequest("RESERVATION-TOKEN with an attribute that it excludes");
        }
        return token;
    }

    private StandardProtocolFamily family(StunMessage message) {
        RequestedAddressFamily requested = message.find(RequestedAddressFamily.TYPE);
        boolean dual = message.has(AdditionalAddressFamily.TYPE);
        if (requested != null && dual) {
            throw StunException.badRequest("REQUESTED-ADDRESS-FAMILY with ADDITIONAL-ADDRESS-FAMILY");
        }
        StandardProtocolFamily family = familyOf(requested);
        boolean excused = dual || message.has(ReservationToken.TYPE); // those say what they got, or where it is
        if (family == null || (!relays.supports(family) && !excused)) {
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

    private static Wish.Port port(StunMessage message) {
        EvenPort even = message.find(EvenPort.TYPE);
        if (even == null) {
            return Wish.Port.ANY;
        }
        if (even.reserveNext() && message.has(AdditionalAddressFamily.TYPE)) {
            throw StunException.badRequest("EVEN-PORT with R, and ADDITIONAL-ADDRESS-FAMILY");
        }
        return even.reserveNext() ? Wish.Port.EVEN_AND_KEEP_NEXT : Wish.Port.EVEN;
    }

    private static boolean dual(StunMessage message) {
        AdditionalAddressFamily additional = message.find(AdditionalAddressFamily.TYPE);
        if (additional != null && additional.family() != AddressFamily.IPV6) {
            throw StunException.badRequest(
                    "ADDITIONAL-ADDRESS-FAMILY %d, only IPv6 can be".formatted(additional.family()));
        }
        return additional != null;
    }

    private static long lifetimeSeconds(StunMessage message) {
        Lifetime lifetime = message.find(Lifetime.TYPE);
        return lifetime == null ? Lifetimes.DEFAULT_SECONDS : Lifetimes.clamp(lifetime.seconds());
    }

    private static Reply answer(Allocation allocation, Request request) {
        List<Attribute> attributes = new ArrayList<>();
        allocation.relayedAddresses().forEach(relayed -> attributes.add(new XorRelayedAddress(relayed)));
        attributes.add(new Lifetime(allocation.remainingSeconds()));
        attributes.addAll(allocation.granted());
        attributes.add(new XorMappedAddress(request.source()));
        return Reply.of(attributes);
    }
}
