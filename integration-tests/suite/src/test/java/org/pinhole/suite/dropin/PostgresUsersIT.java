package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.peer.NeedsPeer;

/** Users in Kamailio's table of a PostgreSQL, through a DataSource of the container; others in the file before it. */
@NeedsPeer("pg_virtualenv")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class PostgresUsersIT {
    private static final byte[] NO_BODY = {};
    private static final String INSTANCE = "00000000-0000-1000-8000-00000000000b";

    private Postgres postgres;
    private Site site;
    private InetSocketAddress connector;

    @BeforeAll
    void start() throws Exception {
        postgres = Postgres.start();
        fill();
        connector = Loopback.free();
        site = Site.assemble("postgres");
        site.install(connector);
        site.operator()
                .set(Map.of(
                        "pinhole.role", "registrar",
                        "pinhole.digest.algorithms", "MD5",
                        "pinhole.credentials", "file:conf/pinhole.users,jdbc:java:comp/env/jdbc/users"));
        site.operator().addUser(Site.BOB, Site.BOB_PASSWORD);
        giveTheContainerADataSource();
        site.start(Jdk.running());
    }

    private void fill() throws Exception {
        String ha1 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5")
                        .digest("alice:pinhole.test:wonder".getBytes(StandardCharsets.UTF_8)));
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            // as kamdbctl makes it
            statement.execute("CREATE TABLE subscriber (id SERIAL PRIMARY KEY NOT NULL,"
                    + " username VARCHAR(64) DEFAULT '' NOT NULL, domain VARCHAR(64) DEFAULT '' NOT NULL,"
                    + " password VARCHAR(64) DEFAULT '' NOT NULL, ha1 VARCHAR(128) DEFAULT '' NOT NULL,"
                    + " ha1b VARCHAR(128) DEFAULT '' NOT NULL)");
            statement.execute(
                    "INSERT INTO subscriber (username, domain, ha1) VALUES ('alice', 'pinhole.test', '" + ha1 + "')");
        }
    }

    /** As long as it is open nobody reads the table. */
    private Connection hold() throws Exception {
        Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE subscriber IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }

    private void giveTheContainerADataSource() throws Exception {
        Path driver = Path.of(Class.forName("org.postgresql.Driver")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.copy(driver, site.home().resolve("lib/postgresql.jar"));
        Path contextXml = site.home().resolve("conf/context.xml");
        String resource = "<Resource name=\"jdbc/users\" auth=\"Container\" type=\"javax.sql.DataSource\""
                + " driverClassName=\"org.postgresql.Driver\" url=\"" + postgres.url() + "\" username=\""
                + postgres.user() + "\" password=\"" + postgres.password()
                + "\" maxActive=\"8\" maxWait=\"1000\" testOnBorrow=\"true\" validationQuery=\"SELECT 1\"/>";
        Files.writeString(contextXml, Files.readString(contextXml).replace("</Context>", resource + "\n</Context>"));
    }

    @AfterAll
    void stop() throws Exception {
        if (site != null) {
            site.close();
        }
        postgres.close();
    }

    @Test
    void aUserOfTheDataBaseRegistersAndWhenItHangsOrIsGoneIsToldToComeBackWhileThoseOfTheFileGoOn() throws Exception {
        try (RawPhone alice = RawPhone.overTls(connector, site.caFile());
                PlainPhone bob = PlainPhone.connect(connector, site.caFile(), Site.BOB, Site.BOB_PASSWORD)) {
            assertThat(alice.authenticate("OPTIONS", "", NO_BODY)).doesNotStartWith("SIP/2.0 40");

            try (Connection held = hold()) {
                String right = alice.answer(alice.send("OPTIONS", ""), "OPTIONS", NO_BODY);
                assertThat(alice.sendAndPing("OPTIONS", right))
                        .as("the event loop answers pings while a thread waits for the data base")
                        .startsWith("\r\nSIP/2.0 503")
                        .contains("Retry-After:");
                bob.register(INSTANCE, 1);
                held.rollback();
            }
            await().untilAsserted(() ->
                    assertThat(alice.authenticate("OPTIONS", "", NO_BODY)).doesNotContain("SIP/2.0 503"));

            postgres.close();
            String answer = alice.authenticate("OPTIONS", "", NO_BODY);

            assertThat(answer).startsWith("SIP/2.0 503").contains("Retry-After:");
            bob.register(INSTANCE, 1);
        }
    }
}
