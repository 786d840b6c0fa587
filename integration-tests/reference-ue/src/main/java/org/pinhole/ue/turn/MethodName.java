package org.pinhole.ue.turn;

import java.util.Map;
import org.pinhole.stun.StunMethod;

/** A method as the RFC calls it, for a person. */
final class MethodName {
    private static final Map<StunMethod, String> NAMES = Map.of(
            StunMethod.BINDING, "Binding",
            StunMethod.ALLOCATE, "Allocate",
            StunMethod.REFRESH, "Refresh",
            StunMethod.CREATE_PERMISSION, "CreatePermission",
            StunMethod.CHANNEL_BIND, "ChannelBind",
            StunMethod.CONNECT, "Connect",
            StunMethod.CONNECTION_BIND, "ConnectionBind");

    private MethodName() {}

    static String of(StunMethod method) {
        return NAMES.getOrDefault(method, "method 0x%03X".formatted(method.code()));
    }
}
