package org.pinhole.ue.cli;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.call.Media;
import org.pinhole.ue.ice.GatherPlan;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnGrant;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnTransport;
import org.pinhole.ue.turn.TurnUri;
import picocli.CommandLine.Option;

/** What a call has beside its signalling, and where its candidates come from. */
final class MediaOptions {
    @Option(names = "--audio", description = "A tone both ways, by RTP over ICE; loss and round trip are told.")
    private boolean audio;

    @Option(names = "--video", description = "A small test picture, in one bundle with the audio; implies --audio.")
    private boolean video;

    @Option(
            names = "--message",
            paramLabel = "TEXT",
            description = "An MSRP session over ICE-TCP, and a message in it once it stands.")
    private @Nullable String message;

    @Option(
            names = "--turn",
            paramLabel = "URI",
            converter = TurnUriConverter.class,
            description = "A TURN server in the place of those that the 200 to REGISTER names, with its credentials;"
                    + " again for each further one, most preferred first.")
    private List<TurnUri> turn = List.of();

    @Option(names = "--relay-only", description = "Gather no candidates of this machine: media go through relays.")
    private boolean relayOnly;

    @Option(
            names = "--gather-within",
            paramLabel = "SECONDS",
            converter = GatherWithinConverter.class,
            description = "How long to wait for TURN servers when gathering candidates, 1 to 60 (default: 5).")
    private Duration gatherWithin = GatherPlan.WITHIN;

    @Option(
            names = "--mute-after",
            paramLabel = "SECONDS",
            description = "Send no RTP and RTCP any more after that time; ICE keeps the call's path alive.")
    private @Nullable Integer muteAfterSeconds;

    @Option(
            names = "--unmute-after",
            paramLabel = "SECONDS",
            description = "With --mute-after: send again after that time, counted from the same moment.")
    private @Nullable Integer unmuteAfterSeconds;

    @Option(
            names = "--last-message",
            paramLabel = "TEXT",
            description = "With --message: one message more right before the call is hung up.")
    private @Nullable String lastMessage;

    boolean wanted() {
        return audio || video || message != null;
    }

    Media media() {
        return new Media(audio || video, video, message != null);
    }

    @Nullable
    String message() {
        return message;
    }

    @Nullable
    String lastMessage() {
        return lastMessage;
    }

    @Nullable
    Duration muteAfter() {
        return muteAfterSeconds == null ? null : Duration.ofSeconds(muteAfterSeconds);
    }

    @Nullable
    Duration unmuteAfter() {
        return unmuteAfterSeconds == null ? null : Duration.ofSeconds(unmuteAfterSeconds);
    }

    /** This machine's addresses, and the relays that the registration grants or that were named. */
    GatherPlan plan(Registered registered, ReachOptions reach) throws IOException {
        String header = registered.exchange().response().headers().find(TurnGrant.HEADER);
        List<InetAddress> hosts = relayOnly ? List.of() : addresses();
        if (header == null && !turn.isEmpty()) {
            throw new SipFailure("--turn needs the credentials that a 200 to REGISTER grants, and this one has no "
                    + TurnGrant.HEADER + "; without --turn the call goes by this machine's own addresses");
        }
        if (header == null && relayOnly) {
            throw new SipFailure(
                    "--relay-only needs relays, and the 200 to REGISTER grants none: it has no " + TurnGrant.HEADER);
        }
        if (header == null) {
            return new GatherPlan(hosts, List.of(), new TurnCredentials("", ""), gatherWithin);
        }
        TurnGrant grant = TurnGrant.parse(header);
        List<TurnUri> uris = turn.isEmpty() ? grant.uris() : turn;
        return new GatherPlan(hosts, routes(uris, reach), grant.credentials(), gatherWithin);
    }

    private List<TurnRoute> routes(List<TurnUri> uris, ReachOptions reach) throws IOException {
        List<TurnRoute> routes = new ArrayList<>();
        for (TurnUri uri : uris) {
            boolean proxied = reach.httpProxy(uri.server()) != null;
            if (uri.reachable(proxied)) {
                boolean through = uri.transport() != TurnTransport.UDP;
                TurnRoute route =
                        TurnRoute.to(uri, reach.trust()).through(through ? reach.httpProxy(uri.server()) : null);
                boolean longer = gatherWithin.compareTo(route.deadline()) > 0;
                routes.add(longer ? route.within(gatherWithin) : route);
            }
        }
        return routes;
    }

    private static List<InetAddress> addresses() throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (one.isUp() && !one.isLoopback()) {
                Collections.list(one.getInetAddresses()).stream()
                        .filter(address -> !address.isLinkLocalAddress() && !siteLocalIpv6(address))
                        .forEach(addresses::add);
            }
        }
        return addresses;
    }

    /** RFC 8445 §5.1.1.1: deprecated ones are left out. */
    private static boolean siteLocalIpv6(InetAddress address) {
        return address instanceof Inet6Address && address.isSiteLocalAddress();
    }
}
