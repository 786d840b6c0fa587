package org.pinhole.ue.sip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The least honest session description (RFC 3264): one PCMU audio stream that is {@code inactive}, its port the discard
 * port. This UE signals only; it says so instead of naming a port where nobody listens.
 */
final class Sdp {
    private Sdp() {}

    static String offer(String address, long session) {
        return head(address, session) + audio();
    }

    /** An answer with as many media as the offer has, in its order: the first PCMU audio inactive, all else declined. */
    static String answer(String offer, String address, long session) {
        StringBuilder answer = new StringBuilder(head(address, session));
        boolean taken = false;
        for (String media : mediaLines(offer)) {
            List<String> words = Arrays.asList(media.split(" ", -1));
            boolean pcmu = words.size() > 3
                    && words.get(0).equals("m=audio")
                    && words.subList(3, words.size()).contains("0");
            if (pcmu && !taken && words.get(2).equals("RTP/AVP")) {
                answer.append(audio());
                taken = true;
            } else if (words.size() > 3) {
                answer.append(words.get(0)).append(" 0 ").append(words.get(2)).append(' ');
                answer.append(words.get(3)).append("\r\n");
            }
        }
        return answer.toString();
    }

    /** Every ice-ufrag (RFC 8839 §5.4), in order. */
    static List<String> fragments(String sdp) {
        return sdp.lines()
                .filter(line -> line.startsWith("a=ice-ufrag:"))
                .map(String::trim)
                .toList();
    }

    private static List<String> mediaLines(String sdp) {
        List<String> lines = new ArrayList<>();
        for (String line : sdp.split("\r?\n", -1)) {
            if (line.startsWith("m=")) {
                lines.add(line.trim());
            }
        }
        return lines;
    }

    private static String head(String address, long session) {
        String family = address.indexOf(':') >= 0 ? "IP6" : "IP4";
        return "v=0\r\no=- " + session + " 1 IN " + family + " " + address + "\r\ns=-\r\nc=IN " + family + " " + address
                + "\r\nt=0 0\r\n";
    }

    private static String audio() {
        return "m=audio 9 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=inactive\r\n";
    }
}
