package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipSecurityTest {
    private static final String LOGIN =
            "<login-config><auth-method>digest</auth-method>" + "<realm-name> example.com </realm-name></login-config>";

    @ParameterizedTest
    @CsvSource({
        "main, INVITE, 1",
        "main, MESSAGE, 1",
        "main, OPTIONS, 0",
        "other, INVITE, 0",
    })
    void aConstraintIsForTheMethodsAndServletsThatItNames(String servlet, String method, int constraints)
            throws Exception {
        SipSecurity security = parse(LOGIN
                + constraint("<servlet-name>main</servlet-name>"
                        + "<sip-method>INVITE</sip-method><sip-method>MESSAGE</sip-method>"));

        assertThat(security).isNotNull();
        assertThat(security.realm()).isEqualTo("example.com");
        assertThat(security.of(servlet, method)).hasSize(constraints);
    }

    @Test
    void whereNothingIsNamedAllIsMeant() throws Exception {
        SipSecurity security = parse(LOGIN + constraint(""));

        assertThat(security).isNotNull();
        assertThat(security.of("any", "INFO")).hasSize(1);
    }

    @Test
    void proxyAuthenticationIsSeenAndRolesAreAsked() throws Exception {
        SipSecurity security = parse(LOGIN + constraint("")
                + "<security-constraint><resource-collection/><proxy-authentication/>"
                + "<auth-constraint><role-name>*</role-name></auth-constraint></security-constraint>");

        assertThat(security).isNotNull();
        assertThat(security.of("any", "INFO"))
                .extracting(SipSecurity.Constraint::proxy)
                .containsExactly(false, true);
        assertThat(security.of("any", "INFO"))
                .extracting(constraint -> constraint.admits(Collections.singleton("caller")))
                .containsExactly(true, true);
        assertThat(security.of("any", "INFO"))
                .extracting(constraint -> constraint.admits(Collections.emptySet()))
                .containsExactly(false, true);
    }

    @Test
    void withoutAnAuthConstraintNobodyHasToSayWhoHeIs() throws Exception {
        SipSecurity security = parse(LOGIN + "<security-constraint><resource-collection/></security-constraint>");

        assertThat(security).isNotNull();
        assertThat(security.of("any", "INFO")).isEmpty();
    }

    @Test
    void whoDeclaresNoDigestIsNotOurs() throws Exception {
        assertThat(parse(constraint(""))).isNull();
        assertThat(parse("<login-config><auth-method>CLIENT-CERT</auth-method></login-config>"))
                .isNull();
    }

    @Test
    void aPrefixedDescriptorIsReadToo() throws Exception {
        String xml = "<j:sip-app xmlns:j=\"http://www.jcp.org/xml/ns/sipservlet\">"
                + "<j:login-config><j:auth-method>DIGEST</j:auth-method></j:login-config></j:sip-app>";

        assertThat(SipSecurity.parse(stream(xml))).isNotNull();
    }

    @Test
    void noOtherFileIsReadForIt() throws Exception {
        String xml =
                "<!DOCTYPE sip-app SYSTEM \"http://192.0.2.1/sip-app.dtd\" [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                        + "<sip-app><login-config><auth-method>DIGEST</auth-method><realm-name>a&e;</realm-name>"
                        + "</login-config></sip-app>";

        SipSecurity security = SipSecurity.parse(stream(xml));

        assertThat(security).isNotNull();
        assertThat(security.realm()).isEqualTo("a");
    }

    @Test
    void whatIsNoXmlIsSaid() {
        assertThatThrownBy(() -> SipSecurity.parse(stream("<sip-app>")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("sip.xml: ");
    }

    private static @Nullable SipSecurity parse(String content) throws IOException {
        return SipSecurity.parse(stream("<sip-app>" + content + "</sip-app>"));
    }

    private static String constraint(String collection) {
        return "<security-constraint><display-name>c</display-name><resource-collection>" + collection
                + "</resource-collection><auth-constraint><role-name>caller</role-name></auth-constraint>"
                + "</security-constraint>";
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
