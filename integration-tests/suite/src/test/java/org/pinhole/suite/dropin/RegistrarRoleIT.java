package org.pinhole.suite.dropin;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;

/** {@code pinhole.role=registrar}: Pinhole itself keeps the bindings, and no application of the operator's is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class RegistrarRoleIT {
    private Site site;
    private InetSocketAddress connector;
    private InetSocketAddress sixthVersion;

    @BeforeAll
    void startWithTwoConnectors() throws Exception {
        connector = Loopback.free();
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        sixthVersion = new InetSocketAddress(
                InetAddress.getByAddress(loopback), Loopback.free().getPort());
        site = Site.assemble("registrar-role");
        site.install(connector);
        site.operator()
                .set(Map.of(
                        "pinhole.role",
                        "registrar",
                        "pinhole.connector",
                        "tls://" + Loopback.text(connector) + ",tls://[::1]:" + sixthVersion.getPort()));
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), "");
        site.addUsers();
        site.start(Jdk.running());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    @Tag("O-9")
    @Tag("O-12")
    @Tag("K-13")
    void phonesRegisterAndCallEachOther() throws Exception {
        Story.passesAt(site, connector);
    }

    @Test
    void phonesRegisterAndCallEachOtherOverIpv6() throws Exception {
        Story.passesAt(site, sixthVersion);
    }
}
