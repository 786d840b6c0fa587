package org.pinhole.turn.request;

import java.util.function.BooleanSupplier;
import org.pinhole.turn.relay.PeerPolicy;

/**
 * What the operator decides about requests; shared by the routers of all event loops.
 *
 * @param tcpRelays whether there are any now (RFC 6062)
 */
public record Rules(
        PeerPolicy peers,
        int highestChannel,
        Admission admission,
        AnswerLimit answerLimit,
        BooleanSupplier tcpRelays) {}
