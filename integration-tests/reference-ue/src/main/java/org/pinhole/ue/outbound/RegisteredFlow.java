package org.pinhole.ue.outbound;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.UserAgent;

/**
 * A flow that stands.
 *
 * @param agent the UE on it
 * @param registered the registration that formed it
 * @param pong how long the first pong took; null where no pings were agreed on, and none was sent
 */
public record RegisteredFlow(
        UserAgent agent, Registered registered, @Nullable Duration pong) {}
