package org.pinhole.ue.pac;

import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.TunnelException;

/** What a script answers: ways separated by semicolons, the best first. Pure. */
final class PacAnswer {
    private PacAnswer() {}

    /** The first of them that this UE can go: an HTTP proxy, or null for straight. Nothing at all is straight, too. */
    static @Nullable HttpProxy choose(String answer) throws TunnelException {
        if (answer.isBlank()) {
            return null;
        }
        for (String way : answer.split(";", -1)) {
            String[] words = way.trim().split("\\s+", -1);
            if (words[0].equalsIgnoreCase("DIRECT")) {
                return null;
            }
            boolean http = words[0].equalsIgnoreCase("PROXY") || words[0].equalsIgnoreCase("HTTP");
            if (http && words.length == 2) {
                return HttpProxy.at(address(words[1]));
            }
        }
        throw new TunnelException("it answers '" + answer.replaceAll("[^\\x20-\\x7e]", "?")
                + "', and this UE goes straight or by PROXY HOST:PORT");
    }

    private static HostPort address(String text) throws TunnelException {
        try {
            return HostPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TunnelException("PROXY " + e.getMessage(), e);
        }
    }
}
