package org.pinhole.turn.tls;

import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionStats;
import io.netty.handler.ssl.SslContext;
import java.util.List;

/**
 * What happened to session tickets: sealed for a full handshake, opened and resumed (with the newest key, or with an older
 * one and then renewed), or offered and not opened, because no key of ours sealed them. Zero with the JDK's engine.
 */
public record TicketCounts(long issued, long resumed, long renewed, long failed) {
    public static final TicketCounts NONE = new TicketCounts(0, 0, 0, 0);

    static TicketCounts of(List<SslContext> contexts) {
        TicketCounts sum = NONE;
        for (SslContext context : contexts) {
            if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
                OpenSslSessionStats stats = sessions.stats();
                sum = sum.plus(new TicketCounts(
                        stats.ticketKeyNew(), stats.ticketKeyResume(), stats.ticketKeyRenew(), stats.ticketKeyFail()));
            }
        }
        return sum;
    }

    TicketCounts plus(TicketCounts more) {
        return new TicketCounts(
                issued + more.issued, resumed + more.resumed, renewed + more.renewed, failed + more.failed);
    }
}
