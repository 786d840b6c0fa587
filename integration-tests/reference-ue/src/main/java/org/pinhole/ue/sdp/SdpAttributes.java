package org.pinhole.ue.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The attributes of a session or of a medium, in order. Never changes. */
public record SdpAttributes(List<SdpAttribute> lines) {
    public static final SdpAttributes NONE = new SdpAttributes(List.of());

    public SdpAttributes {
        lines = List.copyOf(lines);
    }

    public SdpAttributes plus(String name) {
        return plus(new SdpAttribute(name, null));
    }

    public SdpAttributes plus(String name, Object value) {
        return plus(new SdpAttribute(name, value.toString()));
    }

    private SdpAttributes plus(SdpAttribute line) {
        List<SdpAttribute> more = new ArrayList<>(lines);
        more.add(line);
        return new SdpAttributes(more);
    }

    public boolean has(String name) {
        return lines.stream().anyMatch(line -> line.name().equals(name));
    }

    /** The value of the first with this name, or null. */
    @Nullable
    public String find(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** The values of all with this name, in order. */
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .map(SdpAttribute::value)
                .filter(Objects::nonNull)
                .toList();
    }
}
