package org.pinhole.suite.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The container that Pinhole is put beside, without Pinhole: what it answers then is what "unchanged" means later. */
class StockContainerIT {
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);

    private static final Consumer<String> PROGRESS = System.err::println;

    static List<Jdk> jdks() throws IOException {
        return Jdk.installed();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theStockContainerServesTheUsersApplication(Jdk jdk) throws IOException {
        ContainerParts parts = ContainerParts.ofThisBuild();
        Path home = Path.of(System.getProperty("pinhole.containers", "target/containers"), "stock-" + jdk.feature());
        try (StandaloneContainer container =
                StandaloneContainer.assemble(parts, ContainerPorts.free(), home, PROGRESS)) {
            container.deploy(parts.registrarWar(), "registrar");
            container.start(jdk, START_DEADLINE);
            StockSip sip = new StockSip(container.ports().sip());

            assertThat(sip.overUdp("OPTIONS", "sip:pinhole.test")).startsWith("SIP/2.0 200 ");
            assertThat(sip.overUdp("INVITE", "sip:nobody@pinhole.test", "Contact: <sip:alice@127.0.0.1>"))
                    .contains("SIP/2.0 ");
            assertThat(sip.overTcp(
                            "REGISTER",
                            "sip:pinhole.test",
                            "Contact: <sip:alice@127.0.0.1:9;transport=tcp;ob>;reg-id=1",
                            "Expires: 60"))
                    .startsWith("SIP/2.0 200 ")
                    .contains("<sip:alice@127.0.0.1:9;transport=tcp;ob>")
                    .contains("expires=60");
            assertThat(container.isRunning()).isTrue();
        }
    }
}
