package org.pinhole.admin.control;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pinhole.admin.file.AdminException;

/** How far a drain is, out of the container's line {@code STATE FLOWS SECONDS}. */
final class DrainProgress {
    private static final Pattern LINE = Pattern.compile("(off|draining|drained|reopening) ([0-9]+) ([0-9]+)");

    private final String state;
    private final long flows;
    private final String seconds;

    private DrainProgress(String state, long flows, String seconds) {
        this.state = state;
        this.flows = flows;
        this.seconds = seconds;
    }

    static DrainProgress parse(List<String> lines) {
        Matcher matcher = LINE.matcher(lines.get(0));
        if (!matcher.matches()) {
            throw new AdminException("the container answered '" + lines.get(0)
                    + "', which this version does not understand; is it as new as this one?");
        }
        return new DrainProgress(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3));
    }

    boolean isGoingOn() {
        return state.equals("draining");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DrainProgress
                && ((DrainProgress) other).state.equals(state)
                && ((DrainProgress) other).flows == flows;
    }

    @Override
    public int hashCode() {
        return state.hashCode() + Long.hashCode(flows);
    }

    @Override
    public String toString() {
        switch (state) {
            case "draining":
                return "drain: " + flows + " flows left, " + seconds + " s to go";
            case "drained":
                return "drain: no flows left; the container can be stopped";
            case "reopening":
                return "drain: off, " + flows
                        + " flows open; a port is taken by somebody else, and is tried until it is free"
                        + " (the container's log says which)";
            default:
                return "drain: off, " + flows + " flows open";
        }
    }
}
