package org.pinhole.ue.sip;

import org.jspecify.annotations.Nullable;

/** One Via entry (RFC 3261 §20.42). */
public record Via(String transport, String sentBy, SipParams params) {
    /** Reads {@code SIP/2.0/TLS host:port;branch=…}, white space around the slashes allowed. */
    public static Via parse(String value) {
        int semicolon = value.indexOf(';');
        String head = semicolon < 0 ? value : value.substring(0, semicolon);
        String rest = semicolon < 0 ? "" : value.substring(semicolon + 1);
        String[] words = head.trim().replaceAll("\\s*/\\s*", "/").split("\\s+", 2);
        String[] protocol = words[0].split("/", -1);
        if (words.length != 2 || protocol.length != 3) {
            throw new SipFormatException("not a Via: " + value);
        }
        return new Via(protocol[2], words[1].trim(), SipParams.parse(rest));
    }

    @Nullable
    public String branch() {
        return params.find("branch");
    }

    /** The value that accepts our offer to send keep-alives (RFC 6223 §4.4), or null when it was refused. */
    @Nullable
    public Integer keepSeconds() {
        return params.findNumber("keep");
    }
}
