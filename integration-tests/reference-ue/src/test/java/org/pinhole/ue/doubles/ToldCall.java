package org.pinhole.ue.doubles;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.pinhole.ue.call.CallListener;
import org.pinhole.ue.ice.CandidatePair;

/** What one end of a call is told, in order: a line each. */
public final class ToldCall implements CallListener {
    private static final int LIMIT_SECONDS = 40;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void connected(String stream, CandidatePair pair) {
        String protocol = pair.local().transport().tcp() ? " tcp" : " udp";
        lines.add("connected " + stream + protocol + (pair.relayed() ? " by relay" : ""));
    }

    @Override
    public void failed(String stream, String reason) {
        lines.add("failed " + stream + ": " + reason);
    }

    @Override
    public void message(String text) {
        lines.add("message " + text);
    }

    @Override
    public void delivered(String messageId, int status) {
        lines.add("delivered " + messageId + " " + status);
    }

    /** The next line; "null" when none comes. */
    public String next() throws InterruptedException {
        return String.valueOf(lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
}
