package org.pinhole.ue.sip;

import java.util.function.Consumer;
import org.pinhole.ue.loop.UeLoop;

/** What every call works with. */
record CallParts(UeLoop loop, SipLink link, LocalEnd local, Requester requester, Ids ids, Consumer<Call> forget) {}
