package org.pinhole.suite.dropin;

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

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        site = Site.assemble("registrar-role");
        site.install(connector);
        site.operator().set(Map.of("pinhole.role", "registrar"));
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
}
