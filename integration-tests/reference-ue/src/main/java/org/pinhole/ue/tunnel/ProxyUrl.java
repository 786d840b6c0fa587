package org.pinhole.ue.tunnel;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A proxy as environments write it: {@code http://user:password@host:port/}, all but the host optional. Pure. */
final class ProxyUrl {
    private static final int HTTP_PORT = 80;
    private static final Pattern FORM = Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:([^@/]*)@)?"
            + "(?:\\[([0-9A-Fa-f:.]+)]|([^\\[\\]:@/]+))(?::([0-9]{1,5}))?/?");

    private ProxyUrl() {}

    static HttpProxy parse(String url) throws TunnelException {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            throw new TunnelException(
                    "the environment's proxy is no URL such as http://proxy.example:3128; unset it, or"
                            + " name a proxy yourself");
        }
        String scheme = form.group(1) == null ? "http" : form.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http")) {
            throw new TunnelException("the environment's proxy is to be spoken to in " + scheme
                    + ", which this UE does not; it knows http:// proxies");
        }
        String host = form.group(3) == null ? form.group(4) : form.group(3);
        int port = form.group(5) == null ? HTTP_PORT : Integer.parseInt(form.group(5));
        try {
            return new HttpProxy(new HostPort(host, port), credentials(form.group(2)));
        } catch (IllegalArgumentException e) {
            throw new TunnelException("the environment's proxy: " + e.getMessage(), e);
        }
    }

    private static @Nullable ProxyCredentials credentials(@Nullable String userInfo) {
        if (userInfo == null || userInfo.isEmpty()) {
            return null;
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        return ProxyCredentials.of(decoded(user), colon < 0 ? "" : decoded(userInfo.substring(colon + 1)));
    }

    /** Percent-decoded; a plus sign is one, this is no form. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
