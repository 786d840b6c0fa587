package org.pinhole.connector.transport;

import java.net.InetAddress;
import java.util.function.LongSupplier;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.OncePerMinute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what is done to a connector: one line for each source and minute, whatever strangers do, and one that
 * an operator can act on, which those before it do not keep back; of who is known, one for each account. Of IPv6 a source is a
 * /64, from each of whose addresses one stranger can speak. Any thread.
 */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

    private static final int LONGEST = 200;

    private final ConnectorAddress connector;
    private final OncePerMinute<Network> lines;
    private final OncePerMinute<Network> warnings;
    private final OncePerMinute<String> ofAccounts;
    private final OncePerMinute<Network> flows;

    Complaints(ConnectorAddress connector, LongSupplier nanoTime) {
        this.connector = connector;
        this.lines = new OncePerMinute<>(nanoTime);
        this.warnings = new OncePerMinute<>(nanoTime);
        this.ofAccounts = new OncePerMinute<>(nanoTime);
        this.flows = new OncePerMinute<>(nanoTime);
    }

    /** Something an operator need not act on. */
    void about(InetAddress source, String words) {
        long heldBack = lines.heldBackBefore(Network.source(source));
        if (heldBack != OncePerMinute.HELD_BACK) {
            LOG.info(
                    "connector {}: {} from {}{}",
                    new Object[] {connector, shortened(words), text(source), more(heldBack)});
        }
    }

    /** Something an operator can do something about. */
    void warn(InetAddress source, String words) {
        warn(warnings.heldBackBefore(Network.source(source)), text(source), words);
    }

    /** The same, of what somebody does who is known. */
    void warn(String account, String words) {
        warn(ofAccounts.heldBackBefore(account), shortened(account), words);
    }

    /** Whether a source's next flow on which nobody is authenticated has lines: one a minute does. */
    boolean tellsOfFlow(InetAddress source) {
        return flows.heldBackBefore(Network.source(source)) != OncePerMinute.HELD_BACK;
    }

    private void warn(long heldBack, String whom, String words) {
        if (heldBack != OncePerMinute.HELD_BACK) {
            LOG.warn("connector {}: {}: {}{}", new Object[] {connector, whom, shortened(words), more(heldBack)});
        }
    }

    /** Some faults come with all that the stranger has sent. */
    static String shortened(String words) {
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
    }

    private static String text(InetAddress source) {
        return source.getHostAddress();
    }

    private static String more(long heldBack) {
        return heldBack == 0 ? "" : " (" + heldBack + " more before that are not shown)";
    }
}
