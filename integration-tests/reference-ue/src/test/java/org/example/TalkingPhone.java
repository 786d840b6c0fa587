package org.example;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.pinhole.ue.call.CallListener;
import org.pinhole.ue.call.Media;
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.ice.GatherPlan;
import org.pinhole.ue.sip.InstanceId;
import org.pinhole.ue.sip.OutgoingCall;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.SipRequest;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.TunnelRoute;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnGrant;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnUri;

/** A phone on one flow: registers, calls with a tone and a message, and answers what comes. */
final class TalkingPhone implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TunnelRoute route;
    private final List<InetAddress> hosts;
    private final CallListener listener;
    private final UserAgent agent;
    private final Registered registered;
    private final List<MediaCall> media = new ArrayList<>();

    /**
     * Connects and registers; pings and refreshes come by themselves from then on.
     *
     * @param route to the edge, through a proxy where there is one
     * @param hosts this machine's addresses that media may use; none to go through relays only
     * @param instance the file that keeps this phone's instance-id
     */
    TalkingPhone(
            TunnelRoute route,
            String domain,
            String user,
            String password,
            List<InetAddress> hosts,
            Path instance,
            CallListener listener)
            throws IOException {
        this.route = route;
        this.hosts = List.copyOf(hosts);
        this.listener = listener;
        UeSettings settings = UeSettings.of(route, domain, user, password)
                .withInstance(InstanceId.kept(instance))
                .answeringBy(this::answer);
        this.agent = UserAgent.connect(settings, WireListener.NONE);
        this.registered = agent.register();
    }

    /** Calls, and sends a message once the call stands; who is called has to take audio and messages. */
    OutgoingCall call(String target) throws IOException {
        MediaCall offered = MediaCall.offering(new Media(true, false, true), plan(), listener);
        media.add(offered);
        OutgoingCall call = agent.call(target, offered.description());
        offered.answered(call.awaitAnswered(PATIENCE).response().bodyText());
        return call;
    }

    /** The media of the last call. */
    MediaCall media() {
        return media.get(media.size() - 1);
    }

    /** On the UE's loop, which must not be blocked: gathering takes a while. */
    private CompletableFuture<String> answer(SipRequest invite) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                MediaCall answered = MediaCall.answering(invite.bodyText(), plan(), listener);
                media.add(answered);
                return answered.description();
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
    }

    /** Our own addresses, and the relays that the 200 to REGISTER grants with the credentials for them. */
    private GatherPlan plan() throws IOException {
        String header = registered.exchange().response().headers().find(TurnGrant.HEADER);
        if (header == null) {
            return new GatherPlan(hosts, List.of(), new TurnCredentials("", ""), GatherPlan.WITHIN);
        }
        TurnGrant grant = TurnGrant.parse(header);
        List<TurnRoute> servers = new ArrayList<>();
        for (TurnUri uri : grant.uris()) {
            if (uri.reachable(route.proxy() != null)) {
                servers.add(TurnRoute.to(uri, route.trust()).through(route.proxy()));
            }
        }
        return new GatherPlan(hosts, servers, grant.credentials(), GatherPlan.WITHIN);
    }

    @Override
    public void close() throws IOException {
        media.forEach(MediaCall::close);
        agent.unregister();
        agent.close();
    }
}
