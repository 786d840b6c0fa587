package org.pinhole.ue.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One description of a session, an offer or an answer (RFC 8866, 3264). Bandwidths, keys and times are not kept: nothing
 * here uses them.
 *
 * @param origin what stands behind {@code o=}
 * @param connection the address of the session's {@code c=} line, or null
 */
public record SessionDescription(
        String origin, @Nullable String connection, SdpAttributes attributes, List<MediaDescription> media) {
    public SessionDescription {
        media = List.copyOf(media);
    }

    /** A description of our own. */
    public static SessionDescription of(
            long id, String address, SdpAttributes attributes, List<MediaDescription> media) {
        return new SessionDescription(
                "- " + id + " 1 IN " + family(address) + " " + address, address, attributes, media);
    }

    /** Reads one; lines of kinds that are not kept are passed over, whatever ends the lines. */
    public static SessionDescription parse(String text) {
        return SdpParser.parse(text);
    }

    /** The address to send a medium to where ICE does not say another. */
    @Nullable
    public String connectionOf(MediaDescription medium) {
        return medium.connection() == null ? connection : medium.connection();
    }

    /** The value of an attribute of the medium, else of the session (RFC 8839 §5.4: ice-ufrag and ice-pwd), or null. */
    @Nullable
    public String find(MediaDescription medium, String name) {
        String own = medium.attributes().find(name);
        return own == null ? attributes.find(name) : own;
    }

    /** The mids of the first bundle (RFC 9143 §7), empty without one. */
    public List<String> bundle() {
        return attributes.all("group").stream()
                .map(group -> List.of(group.trim().split(" +", -1)))
                .filter(group -> group.get(0).equals("BUNDLE"))
                .findFirst()
                .map(group -> group.subList(1, group.size()))
                .orElse(List.of());
    }

    static String connectionLine(String address) {
        return "c=IN " + family(address) + " " + address + "\r\n";
    }

    private static String family(String address) {
        return address.indexOf(':') >= 0 ? "IP6" : "IP4";
    }

    /** As it goes into a message. */
    public String write() {
        StringBuilder out = new StringBuilder("v=0\r\no=").append(origin).append("\r\ns=-\r\n");
        if (connection != null) {
            out.append(connectionLine(connection));
        }
        out.append("t=0 0\r\n");
        attributes.lines().forEach(line -> out.append(line).append("\r\n"));
        media.forEach(medium -> medium.write(out));
        return out.toString();
    }
}
