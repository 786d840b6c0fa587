package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pinhole.turn.allocation.TransportProtocol;

/** What an operator reads when connections are refused. */
class ConnectionCapLogTest {
    @RegisterExtension
    final Operator operator = new Operator();

    @Test
    void whoeverReachesACapIsInTheLogWithTheOptionToChange() throws Exception {
        List<String> options = List.of("--tcp-listen=127.0.0.1:0", "--max-connections-per-source=1");
        try (LiveProcess process = LiveProcess.start(operator.folder(), List.of(), options);
                TestClient first = TestClient.tcp(process.address(TransportProtocol.TCP))) {
            first.binding();

            TestClient.tcp(process.address(TransportProtocol.TCP)).close();

            process.awaitLog("too many connections of one source");
            assertThat(process.log()).contains("see --max-connections and --max-connections-per-source");
        }
    }
}
