package org.pinhole.turn.allocation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.StunException;
import org.pinhole.stun.TransactionId;

/**
 * One client's relayed transport addresses with its permissions (RFC 8656 §3.2). Lives on its client's event loop and is
 * touched nowhere else.
 */
public abstract sealed class Allocation permits UdpAllocation, TcpAllocation {

    /** Who opened it, how, and what the answer said beside the usual: the same for both kinds. */
    record Opening(
            String id,
            ClientPath path,
            Owner owner,
            TransactionId transaction,
            NanoClock clock,
            Quota.Share share,
            Traffic traffic) {}

    private final Opening opening;
    private final Permissions permissions = new Permissions();
    private final Spares spares;
    private final long openedAt;
    private List<Attribute> granted = List.of();
    private long expiry;

    /** Read on the event loop of a ConnectionBind too. */
    private volatile Owner owner;

    Allocation(Opening opening) {
        this.opening = opening;
        this.openedAt = opening.clock().nanoTime();
        this.spares = new Spares(opening.clock());
        this.owner = opening.owner();
    }

    /** How long it has been there. */
    public long ageMillis() {
        return TimeUnit.NANOSECONDS.toMillis(now() - openedAt);
    }

    /** What the log calls it; never sent to anybody. */
    public String id() {
        return opening.id();
    }

    public FiveTuple fiveTuple() {
        return opening.path().fiveTuple();
    }

    public Owner owner() {
        return owner;
    }

    /** The same account goes on with other keys: a newer credential, a new password. From now on those are its owner's. */
    public void goesOnWith(Owner newer) {
        owner = newer;
    }

    /** What is done for it beyond its network's share. */
    public Spares spares() {
        return spares;
    }

    /** What it has relayed so far; to be read on its event loop. */
    public Traffic traffic() {
        return opening.traffic();
    }

    /** Its relayed transport addresses, of which a dual allocation has two. */
    public abstract List<InetSocketAddress> relayedAddresses();

    /** The transport protocol between server and peers, as an IP protocol number. */
    public abstract int protocol();

    /** Whether one of the relayed addresses is of the family, a number of {@link AddressFamily}. */
    public boolean relays(int family) {
        return relayedAddresses().stream().anyMatch(relayed -> AddressFamily.of(relayed.getAddress()) == family);
    }

    /** Whether this is the Allocate that opened it, sent again because its answer was lost (RFC 8656 §7.2). */
    public boolean openedBy(TransactionId transaction) {
        return opening.transaction().equals(transaction);
    }

    /** What the answer said of a reservation or a family that could not be had, to say it again to a retransmission. */
    public List<Attribute> granted() {
        return granted;
    }

    void grant(List<Attribute> attributes) {
        granted = List.copyOf(attributes);
    }

    /** Whole seconds until it ends, rounded up: what the LIFETIME of an answer says. */
    public long remainingSeconds() {
        return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(expiry - now() + 999_999_999L));
    }

    void refresh(long seconds) {
        expiry = now() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Installs or refreshes all of these permissions, or none and a 508. */
    public void permit(Set<InetAddress> peers) {
        if (!permissions.hasRoomFor(peers)) {
            throw new StunException(508, "more than %d permissions".formatted(Permissions.MAX));
        }
        long now = now();
        peers.forEach(peer -> permissions.install(peer, now));
    }

    boolean permits(InetAddress peer, long now) {
        return permissions.permits(peer, now);
    }

    boolean isExpired(long now) {
        return expiry - now <= 0;
    }

    void removeExpired(long now) {
        permissions.removeExpired(now);
    }

    /** Ends it: peers reach it no more, and what it held is free. */
    void close() {
        opening.share().close();
    }

    long now() {
        return opening.clock().nanoTime();
    }

    ClientPath path() {
        return opening.path();
    }

    Quota.Share share() {
        return opening.share();
    }

    @Override
    public String toString() {
        return "allocation %s of %s, %s %s, relay %s"
                .formatted(
                        id(),
                        owner(),
                        fiveTuple().transport(),
                        fiveTuple().client(),
                        relayedAddresses().stream().map(Object::toString).collect(Collectors.joining(" ")));
    }
}
