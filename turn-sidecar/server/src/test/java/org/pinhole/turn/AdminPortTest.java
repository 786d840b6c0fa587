package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** What the admin port answers, and to whom. */
class AdminPortTest {
    @RegisterExtension
    final Operator operator = new Operator();

    /** CVE-2018-4059 was an admin port without a password. */
    @Test
    void nobodyGetsPastTheAdminPortWithoutTheToken() throws Exception {
        LiveServer server = operator.server();

        for (String path : List.of("/metrics", "/status", "/health", "/ready", "/", "/nothing")) {
            assertThat(operator.get(server, path, null).statusCode()).isEqualTo(401);
            assertThat(operator.get(server, path, "open-sesamf").statusCode()).isEqualTo(401);
        }
        assertThat(operator.post(server, "/drain", "").statusCode()).isEqualTo(401);
        assertThat(operator.get(server, "/ready", "open-sesame").body()).isEqualTo("ready\n");
        assertThat(operator.get(server, "/nothing", "open-sesame").statusCode()).isEqualTo(404);
        assertThat(operator.get(server, "/drain", "open-sesame").statusCode()).isEqualTo(404);
    }

    @Test
    void theAdminPortIsOnLoopbackOnly() {
        assertThatThrownBy(() -> LiveServer.start("--admin-listen=0.0.0.0:0", "--admin-token-file=" + operator.token()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--admin-listen 0.0.0.0:0: allowed is a loopback address");
    }

    @Test
    void theStatusIsJson() throws Exception {
        LiveServer server = operator.server();
        String status = operator.get(server, "/status", "open-sesame").body();

        List<String> fields = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(status)) {
            for (JsonToken next = json.nextToken(); next != null; next = json.nextToken()) {
                if (next == JsonToken.FIELD_NAME) {
                    fields.add(json.currentName());
                }
            }
        }

        assertThat(fields).contains("state", "version", "server", "metrics", "pinhole_turn_allocations", "value");
        assertThat(status).contains("\"state\" : \"serving\"");
    }

    @Test
    void theCommandLineTellsARunningServer() throws Exception {
        LiveServer server = operator.server();
        String listen = "admin-listen = 127.0.0.1:" + server.admin().getPort();
        Path client = Files.writeString(
                operator.folder().resolve("client.conf"), listen + "\nadmin-token-file = " + operator.token() + "\n");

        assertThat(control("status", "--config", client.toString())).contains("0 ", "\"state\" : \"serving\"");
        assertThat(control("reload", "--config", client.toString())).isEqualTo("0 done\n");
        assertThat(control("drain", "--config", client.toString(), "--drain-seconds=1"))
                .startsWith("0 draining");
        assertThat(control("status", "--config", operator.config().toString()))
                .startsWith("1 pinhole turn: status needs");
        server.server().awaitClose();
    }

    private static String control(String verb, String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine command = ControlMain.commandLine(verb);
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(out, true));
        return TurnMain.execute(List.of(arguments), command) + " " + out;
    }
}
