package org.pinhole.ue.outbound;

/**
 * What became of one rung, as a diagnosis (U-11).
 *
 * @param rung such as {@code TLS 5061}
 * @param stands whether this way is open
 * @param seen what was found, or why it is not, one line
 */
public record RungResult(String rung, boolean stands, String seen) {
    @Override
    public String toString() {
        return rung + (stands ? " stands: " : " does not: ") + seen;
    }
}
