package org.pinhole.suite.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** target/demo/demo.env: what a person or a test needs to reach the running demo, KEY=value, mode 0600. */
final class DemoEnv {
    private DemoEnv() {}

    static Path write(Path work, DemoStage stage, DemoUsers users) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("SIP_HOST", "127.0.0.1");
        values.put("SIP_TLS_PORT", stage.port().number());
        values.put("SERVER_NAME", DemoStage.SERVER_NAME);
        values.put("REALM", DemoUsers.DOMAIN);
        values.put("ALICE_PASSWORD", users.alicePassword());
        values.put("BOB_PASSWORD", users.bobPassword());
        values.put("CA_FILE", stage.caFile());
        values.put("CONTAINER_HOME", stage.container().home());
        values.put("CONTAINER_PID", stage.container().pid());
        values.put("CONTAINER_HTTP_PORT", stage.container().ports().http());
        values.put("SIP_UDP_PORT", stage.container().ports().sip());
        values.put("PINHOLE_HOME", stage.pinholeHome());
        values.put("TURN_HOST", stage.turn().plan().host());
        values.put("TURN_UDP_PORT", stage.turn().plan().udp().number());
        values.put("TURN_TCP_PORT", stage.turn().plan().tcp().number());
        values.put("TURN_TLS_PORT", stage.turn().plan().tls().number());
        Long turnPid = stage.turn().pid();
        if (turnPid != null) {
            values.put("TURN_PID", turnPid);
        }
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) ->
                text.append(key).append('=').append(quoted(value.toString())).append('\n'));
        Path file = work.resolve("demo.env");
        SecretFile.write(file, text.toString());
        return file;
    }

    /** As is where a shell reads it as one word, else in single quotes. */
    private static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:@-]*") ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
