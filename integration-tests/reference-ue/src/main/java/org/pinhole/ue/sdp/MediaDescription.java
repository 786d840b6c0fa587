package org.pinhole.ue.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code m=} section (RFC 8866 §5.14).
 *
 * @param port zero for a medium that is declined, or that is offered inside a bundle only
 * @param connection the address of its own {@code c=} line, or null where the session's counts
 */
public record MediaDescription(
        String kind,
        int port,
        String protocol,
        List<String> formats,
        @Nullable String connection,
        SdpAttributes attributes) {
    public MediaDescription {
        formats = List.copyOf(formats);
    }

    public MediaDescription with(SdpAttributes otherAttributes) {
        return new MediaDescription(kind, port, protocol, formats, connection, otherAttributes);
    }

    /** The refusal of this medium (RFC 3264 §6): the same line with port zero, and nothing else. */
    public MediaDescription declined() {
        return new MediaDescription(kind, 0, protocol, formats, null, SdpAttributes.NONE);
    }

    /** What names it in a group (RFC 5888), or null. */
    @Nullable
    public String mid() {
        return attributes.find("mid");
    }

    void write(StringBuilder out) {
        out.append("m=").append(kind).append(' ').append(port).append(' ').append(protocol);
        formats.forEach(format -> out.append(' ').append(format));
        out.append("\r\n");
        if (connection != null) {
            out.append(SessionDescription.connectionLine(connection));
        }
        attributes.lines().forEach(line -> out.append(line).append("\r\n"));
    }
}
