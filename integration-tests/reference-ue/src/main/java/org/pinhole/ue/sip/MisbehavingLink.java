package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.pinhole.ue.loop.UeLoop;

/** Does to what is sent what the UE was told to do wrong. On the loop. */
final class MisbehavingLink implements SipLink {
    /** Longer than any two writes are held together for on the way. */
    private static final Duration BETWEEN_HALVES = Duration.ofMillis(500);

    private final SipLink link;
    private final UeLoop loop;
    private final Ids ids;
    private final Set<Misbehaviour> misbehaviours;
    /** By the branch of the request that comes first. */
    private final Map<String, SipRequest> replays = new HashMap<>();

    MisbehavingLink(SipLink link, UeLoop loop, Ids ids, Set<Misbehaviour> misbehaviours) {
        this.link = link;
        this.loop = loop;
        this.ids = ids;
        this.misbehaviours = misbehaviours;
    }

    @Override
    public void send(SipMessage message) {
        SipMessage sent = misbehaviours.contains(Misbehaviour.PLANTED_KEEP) ? planted(message) : message;
        link.send(sent);
        if (misbehaviours.contains(Misbehaviour.REPLAYS) && sent instanceof SipRequest request && provesWho(request)) {
            replays.put(branchOf(request), replayed(request));
        }
    }

    /**
     * Sends a replay once the proof has done its service: a server may take two requests in either order, and the proof
     * is good for the first of them.
     */
    void received(SipResponse response) {
        if (response.status() >= 200) {
            SipRequest replay = replays.remove(branchOf(response));
            if (replay != null) {
                link.send(replay);
            }
        }
    }

    /** Empty where there is none, which is no request of ours. */
    private static String branchOf(SipMessage message) {
        return Objects.requireNonNullElse(message.topVia().branch(), "");
    }

    private static SipMessage planted(SipMessage message) {
        SipHeaders headers = message.headers().without("Via");
        List<String> vias = new ArrayList<>(message.headers().all("Via"));
        for (int i = vias.size() - 1; i >= 0; i--) {
            headers = headers.onTop("Via", vias.get(i).replaceFirst(";keep(?:=[^;,]*)?(?=[;,]|$)", "") + ";keep=1");
        }
        if (message instanceof SipRequest request) {
            return request.with(headers);
        }
        return ((SipResponse) message).with(headers);
    }

    /** ACK is not answered, so nothing would show. */
    private static boolean provesWho(SipRequest request) {
        SipHeaders headers = request.headers();
        boolean credentials = headers.find("Authorization") != null || headers.find("Proxy-Authorization") != null;
        return credentials && !request.method().equals("ACK");
    }

    private SipRequest replayed(SipRequest request) {
        String via = request.headers().require("Via").replaceFirst("branch=[^;,]*", "branch=" + ids.branch());
        return request.with(request.headers().with("Via", via).with("Call-ID", ids.callId()));
    }

    @Override
    public void ping() {
        if (misbehaviours.contains(Misbehaviour.SPLIT_PINGS)) {
            link.lineBreak();
            loop.schedule(BETWEEN_HALVES, link::lineBreak);
        } else {
            link.ping();
        }
    }

    @Override
    public void lineBreak() {
        link.lineBreak();
    }
}
