package org.pinhole.ue.pac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.TunnelException;

@Tag("U-17")
class PacScriptTest {
    private static final HostPort EDGE = new HostPort("edge.pinhole.test", 443);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** A Wednesday afternoon in Berlin, where it is summer: 13:30:20 there, 11:30:20 GMT. */
    private static final ZonedDateTime THEN = ZonedDateTime.of(2026, 7, 15, 13, 30, 20, 0, ZoneId.of("Europe/Berlin"));

    private static final Map<String, String> NAMES =
            Map.of("edge.pinhole.test", "203.0.113.10", "intranet", "10.1.2.3");

    /** A world of three names where it is always the same moment. */
    private static final PacWorld WORLD = new PacWorld() {
        @Override
        public @Nullable String resolve(String host) {
            return NAMES.get(host);
        }

        @Override
        public String ownAddress() {
            return "10.9.9.9";
        }

        @Override
        public ZonedDateTime now() {
            return THEN;
        }
    };

    private static String answer(String script) throws TunnelException {
        return new PacScript("proxy.pac", script, WORLD, LONG).ask(EDGE);
    }

    private static String value(String expression) throws TunnelException {
        return answer("function FindProxyForURL(url, host) { return String(" + expression + "); }");
    }

    @Test
    void aScriptSeesTheServersNameAndPortAndNoPath() throws TunnelException {
        assertThat(answer("function FindProxyForURL(url, host) { return url + ' ' + host; }"))
                .isEqualTo("https://edge.pinhole.test:443/ edge.pinhole.test");
    }

    @Test
    void aScriptAsOfficesHaveThemIsUnderstood() throws TunnelException {
        String script = """
                var proxies = { web: "PROXY proxy.office:3128; DIRECT" };
                function FindProxyForURL(url, host) {
                  host = host.toLowerCase();
                  if (isPlainHostName(host) || dnsDomainIs(host, ".office")) return "DIRECT";
                  if (isInNet(dnsResolve(host), "10.0.0.0", "255.0.0.0")) return "DIRECT";
                  if (/^(http|https):/.test(url) && !shExpMatch(host, "*.partner.test")) return proxies.web;
                  return "SOCKS old:1080";
                }
                """;

        assertThat(answer(script)).isEqualTo("PROXY proxy.office:3128; DIRECT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isPlainHostName('www')",
                "!isPlainHostName('www.office')",
                "dnsDomainIs('www.Office', '.oFFice')",
                "!dnsDomainIs('www.office', '.home')",
                "localHostOrDomainIs('www.office', 'www.office')",
                "localHostOrDomainIs('www', 'www.office')",
                "!localHostOrDomainIs('www.home', 'www.office')",
                "isResolvable('intranet')",
                "!isResolvable('nowhere.test')",
                "dnsResolve('intranet') === '10.1.2.3'",
                "dnsResolve('nowhere.test') === null",
                "isInNet('intranet', '10.1.0.0', '255.255.0.0')",
                "isInNet('192.0.2.200', '192.0.2.0', '255.255.255.0')",
                "!isInNet('192.0.3.1', '192.0.2.0', '255.255.255.0')",
                "!isInNet('nowhere.test', '0.0.0.0', '0.0.0.0')",
                "myIpAddress() === '10.9.9.9'",
                "dnsDomainLevels('www.office.test') === 2",
                "convert_addr('1.2.3.4') === 16909060",
                "shExpMatch('http://home/people/index.html', '*/people/*')",
                "!shExpMatch('a+b', 'aab')",
                "shExpMatch('a+b.c', 'a?b.*')",
                "alert('seen') == null"
            })
    void theStandardsFunctionsAboutHostsAreThere(String expression) throws TunnelException {
        assertThat(value(expression)).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weekdayRange('WED')",
                "weekdayRange('MON', 'FRI')",
                "weekdayRange('SAT', 'WED')",
                "!weekdayRange('THU', 'TUE')",
                "weekdayRange('WED', 'GMT')",
                "dateRange(15)",
                "dateRange('JUL')",
                "dateRange(2026)",
                "dateRange(15, 'JUL', 2026)",
                "!dateRange(16, 'JUL', 2026)",
                "dateRange(1, 15)",
                "dateRange('JUN', 'AUG')",
                "dateRange('NOV', 'JUL')",
                "!dateRange('NOV', 'JUN')",
                "dateRange(2025, 2027)",
                "dateRange(1, 'JUN', 15, 'AUG')",
                "!dateRange(16, 'JUL', 15, 'AUG')",
                "dateRange('DEC', 2025, 'JUL', 2026)",
                "dateRange(31, 'DEC', 2025, 1, 'JAN', 2027, 'GMT')",
                "timeRange(13)",
                "!timeRange(13, 'GMT')",
                "timeRange(11, 'GMT')",
                "timeRange(9, 17)",
                "timeRange(22, 14)",
                "!timeRange(14, 12)",
                "timeRange(13, 30, 13, 30)",
                "!timeRange(13, 31, 14, 0)",
                "timeRange(13, 30, 20, 13, 30, 20)",
                "!timeRange(13, 30, 21, 14, 0, 0)",
                "timeRange(11, 30, 11, 31, 'GMT')"
            })
    void theStandardsRangesOfTimeAreThere(String expression) throws TunnelException {
        assertThat(value(expression)).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.System.exit(3)",
                "Packages.java.io.File('/')",
                "dnsResolve.getClass().forName('java.io.File')",
                "new XMLHttpRequest()"
            })
    void aScriptReachesNothingButTheStandardsFunctions(String expression) {
        assertThatThrownBy(() -> value(expression))
                .isInstanceOf(TunnelException.class)
                .hasMessageStartingWith("PAC script proxy.pac: ")
                .hasMessageContaining("(line 1)");
    }

    @Test
    void aScriptThatIsBrokenIsNamedWithTheLine() {
        assertThatThrownBy(() -> answer("function FindProxyForURL(url, host) {\n  return 'DIRECT;\n}"))
                .hasMessageMatching("PAC script proxy.pac: [^\n]+ \\(line 2\\)");
        assertThatThrownBy(() -> value("timeRange('noon')"))
                .hasMessage("PAC script proxy.pac: TypeError: 'noon' is no number (line 1)");
        assertThatThrownBy(() -> answer("var proxy = 'PROXY p:1';"))
                .hasMessage("PAC script proxy.pac: it has no function FindProxyForURL");
    }

    @Test
    void aScriptWithoutEndIsGivenUp() {
        PacScript endless = new PacScript(
                "proxy.pac",
                "function FindProxyForURL(u, h) { while (true) { try { u = u + 1; u = ''; } catch (e) {} } }",
                WORLD,
                Duration.ofSeconds(1));

        assertThatThrownBy(() -> endless.ask(EDGE))
                .hasMessage("PAC script proxy.pac: no answer for edge.pinhole.test:443 within 1 s");
    }

    @Test
    void aScriptThatCallsItselfForEverIsRefused() {
        assertThatThrownBy(() -> answer("function FindProxyForURL(u, h) { return FindProxyForURL(u, h); }"))
                .isInstanceOf(TunnelException.class);
    }
}
