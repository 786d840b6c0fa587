package org.pinhole.connector.file;

/** Octets as text, two lower-case digits each. */
public final class Hex {
    private Hex() {}

    /** The digits of all octets, in order. */
    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(2 * bytes.length);
        for (byte one : bytes) {
            text.append(Character.forDigit((one >> 4) & 15, 16)).append(Character.forDigit(one & 15, 16));
        }
        return text.toString();
    }

    /**
     * The octets again.
     *
     * @param digits an even number of hexadecimal digits
     */
    public static byte[] decode(String digits) {
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
