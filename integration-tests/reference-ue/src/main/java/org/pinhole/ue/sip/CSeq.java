package org.pinhole.ue.sip;

/** Number and method of a request within its Call-ID (RFC 3261 §20.16). */
public record CSeq(long number, String method) {
    public static CSeq parse(String value) {
        String[] words = value.trim().split("\\s+", -1);
        if (words.length != 2 || !words[0].matches("[0-9]{1,10}")) {
            throw new SipFormatException("not a CSeq: " + value);
        }
        return new CSeq(Long.parseLong(words[0]), words[1]);
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
