package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeServletTest {
    private final List<String> removed = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"REGISTER, 200", "REGISTER, 403", "INVITE, 180", "INVITE, 200"})
    @Tag("T-8")
    void turnCredentialsFromBehindUsDoNotReachThePhone(String method, int status) throws Exception {
        new EdgeServlet().doResponse(response(method, status));

        assertThat(removed).containsExactly("P-Pinhole-Turn");
    }

    private SipServletResponse response(String method, int status) {
        return (SipServletResponse) Proxy.newProxyInstance(
                SipServletResponse.class.getClassLoader(),
                new Class<?>[] {SipServletResponse.class},
                (self, called, arguments) -> {
                    switch (called.getName()) {
                        case "getMethod":
                            return method;
                        case "getStatus":
                            return status;
                        case "removeHeader":
                            removed.add(String.valueOf(arguments[0]));
                            return null;
                        default:
                            return null;
                    }
                });
    }
}
