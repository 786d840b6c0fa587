package org.pinhole.ue.pac;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The standard's functions about hosts and addresses, by the names that scripts call them. */
final class PacHosts {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private final PacWorld world;

    PacHosts(PacWorld world) {
        this.world = world;
    }

    static boolean isPlainHostName(String host) {
        return host.indexOf('.') < 0 && host.indexOf(':') < 0;
    }

    static boolean dnsDomainIs(String host, String domain) {
        return host.toLowerCase(Locale.ROOT).endsWith(domain.toLowerCase(Locale.ROOT));
    }

    /** The name itself, or its first label where nothing else was given. */
    static boolean localHostOrDomainIs(String host, String name) {
        return host.equalsIgnoreCase(name)
                || (isPlainHostName(host)
                        && name.toLowerCase(Locale.ROOT).startsWith(host.toLowerCase(Locale.ROOT) + "."));
    }

    static int dnsDomainLevels(String host) {
        return (int) host.chars().filter(c -> c == '.').count();
    }

    /** A shell expression: {@code *} is any text, {@code ?} any character. */
    static boolean shExpMatch(String text, String expression) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }

    @Nullable
    String dnsResolve(String host) {
        return IPV4.matcher(host).matches() ? host : world.resolve(host);
    }

    boolean isResolvable(String host) {
        return dnsResolve(host) != null;
    }

    boolean isInNet(String host, String network, String mask) {
        String address = dnsResolve(host);
        if (address == null || number(network) < 0 || number(mask) < 0) {
            return false;
        }
        return (number(address) & number(mask)) == (number(network) & number(mask));
    }

    /** An address as a number; -1 for what is none. */
    static long number(String address) {
        if (!IPV4.matcher(address).matches()) {
            return -1;
        }
        long number = 0;
        for (String octet : address.split("\\.", -1)) {
            int value = Integer.parseInt(octet);
            if (value > 255) {
                return -1;
            }
            number = number << 8 | value;
        }
        return number;
    }
}
