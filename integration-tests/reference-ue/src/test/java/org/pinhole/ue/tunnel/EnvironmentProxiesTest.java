package org.pinhole.ue.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("U-17")
class EnvironmentProxiesTest {
    private static final HostPort EDGE = new HostPort("edge.pinhole.test", 443);

    private static @Nullable String proxy(HostPort server, Map<String, String> variables) throws TunnelException {
        HttpProxy found = EnvironmentProxies.of(variables).find(server);
        return found == null ? null : found.address().authority();
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.office:3128, proxy.office:3128",
        "http://proxy.office:3128/, proxy.office:3128",
        "proxy.office:3128, proxy.office:3128",
        "http://proxy.office, proxy.office:80",
        "HTTP://[2001:db8::5]:8080, [2001:db8::5]:8080",
        "http://us%40er:pa%3Ass@proxy.office:3128, proxy.office:3128"
    })
    void aProxyIsReadAsCurlReadsIt(String url, String expected) throws TunnelException {
        assertThat(proxy(EDGE, Map.of("https_proxy", url))).isEqualTo(expected);
    }

    @Test
    void smallLettersGoFirstAndAllProxyLast() throws TunnelException {
        Map<String, String> variables = new HashMap<>(Map.of("ALL_PROXY", "http://all:1"));
        assertThat(proxy(EDGE, variables)).isEqualTo("all:1");

        variables.put("HTTPS_PROXY", "http://large:2");
        assertThat(proxy(EDGE, variables)).isEqualTo("large:2");

        variables.put("https_proxy", "http://small:3");
        assertThat(proxy(EDGE, variables)).isEqualTo("small:3");
    }

    @Test
    void userAndPasswordAreDecodedAndNeverPrinted() throws TunnelException {
        HttpProxy found = EnvironmentProxies.of(Map.of("https_proxy", "http://us%40er:pa%3As+s@proxy:1"))
                .find(EDGE);

        assertThat(found).isNotNull();
        ProxyCredentials credentials = found.credentials();
        assertThat(credentials).isNotNull();
        assertThat(credentials.basic())
                .isEqualTo(ProxyCredentials.of("us@er", "pa:s+s").basic());
        assertThat(found.toString()).doesNotContain("pa:s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "edge.pinhole.test",
                "EDGE.pinhole.test",
                "pinhole.test",
                ".pinhole.test",
                "*.pinhole.test",
                "other, pinhole.test",
                "other pinhole.test:443"
            })
    void whatNoProxyListsIsReachedStraight(String noProxy) throws TunnelException {
        assertThat(proxy(EDGE, Map.of("https_proxy", "http://p:1", "no_proxy", noProxy)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"inhole.test", "edge.pinhole.test:5061", "edge.pinhole", "10.0.0.0/8", "edge.pinhole.test.x"})
    void anythingElseIsNot(String noProxy) throws TunnelException {
        assertThat(proxy(EDGE, Map.of("https_proxy", "http://p:1", "NO_PROXY", noProxy)))
                .isEqualTo("p:1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.0.0.0/8, true",
        "11.1.2.3, 10.0.0.0/8, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.3:443, true",
        "10.1.2.3, 10.1.2.3:80, false",
        "2001:db8::1, 2001:db8::/32, true",
        "2001:db9::1, 2001:db8::/32, false",
        "2001:db8::1, [2001:db8:0::1]:443, true"
    })
    void addressesAndNetworksAreCompared(String host, String noProxy, boolean straight) throws TunnelException {
        String found = proxy(new HostPort(host, 443), Map.of("https_proxy", "http://p:1", "no_proxy", noProxy));

        assertThat(found == null).isEqualTo(straight);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.8.9.1", "::1"})
    void thisMachineIsNeverReachedThroughAProxy(String host) throws TunnelException {
        assertThat(proxy(new HostPort(host, 443), Map.of("https_proxy", "http://p:1")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "socks5://p:1, is to be spoken to in socks5",
        "https://p:1, is to be spoken to in https",
        "http://p:99999, port 99999",
        "http://secret@:1, no URL"
    })
    void whatTheUeCannotDoIsSaidSoWithoutTheSecret(String url, String said) {
        assertThatThrownBy(() -> proxy(EDGE, Map.of("https_proxy", url)))
                .isInstanceOf(TunnelException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("secret");
    }

    @Test
    void withoutAVariableThereIsNone() throws TunnelException {
        assertThat(proxy(EDGE, Map.of("no_proxy", "x", "https_proxy", " "))).isNull();
    }
}
