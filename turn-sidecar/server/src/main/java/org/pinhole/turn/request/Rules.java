package org.pinhole.turn.request;

import org.pinhole.turn.relay.PeerPolicy;

/** What the operator decides about requests; shared by the routers of all event loops. */
public record Rules(PeerPolicy peers, int highestChannel, Admission admission, AnswerLimit answerLimit) {}
