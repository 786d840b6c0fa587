package org.pinhole.app.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.api.spi.CredentialsUnavailableException;
import org.pinhole.app.HandClock;

class JdbcCredentialStoreTest {
    private static final String NAME = "java:comp/env/jdbc/users";
    private static final int PATIENT_SECONDS = 600;
    private static final String BUSY = "look-ups wait for it";

    private static final String BOTH = "SELECT CASE {algorithm} WHEN 'MD5' THEN ha1 WHEN 'SHA-256' THEN ha1_sha256 END"
            + " FROM subscriber WHERE username = {user} AND domain = {realm}";
    private static final String MD5 = HashFunction.MD5.hash("alice:pinhole.test:wonderland");
    private static final String SHA = HashFunction.SHA_256.hash("alice:pinhole.test:wonderland");

    private final HandClock clock = new HandClock();
    private final JdbcDataSource h2 = new JdbcDataSource();
    private JdbcCredentialStore store = store(h2, JdbcQuery.KAMAILIO);

    JdbcCredentialStoreTest() {
        h2.setURL("jdbc:h2:mem:users");
    }

    /** As Kamailio makes it, with a column more. */
    @BeforeEach
    void aTableOfSubscribers() throws Exception {
        execute(
                "CREATE TABLE subscriber (id IDENTITY, username VARCHAR(64) DEFAULT '' NOT NULL, domain VARCHAR(64) DEFAULT ''"
                        + " NOT NULL, password VARCHAR(64) DEFAULT '' NOT NULL, ha1 VARCHAR(128) DEFAULT '' NOT NULL,"
                        + " ha1b VARCHAR(128) DEFAULT '' NOT NULL, ha1_sha256 VARCHAR(64))");
        execute("INSERT INTO subscriber (username, domain, ha1, ha1_sha256) VALUES ('alice', 'pinhole.test', '" + MD5
                + "', '" + SHA
                + "'), ('plain', 'pinhole.test', 'secret', 'secret'), ('none', 'pinhole.test', '', NULL)");
    }

    private Connection keeper; // a data base in memory lives as long as a connection to it

    private void execute(String sql) throws SQLException {
        if (keeper == null) {
            keeper = h2.getConnection();
        }
        try (Statement statement = keeper.createStatement()) {
            statement.execute(sql);
        }
    }

    @AfterEach
    void endsItsThreads() throws Exception {
        store.close();
        keeper.close();
    }

    private JdbcCredentialStore store(DataSource dataSource, String query) {
        return new JdbcCredentialStore(NAME, dataSource, JdbcQuery.parse(query), clock, PATIENT_SECONDS);
    }

    @Test
    void kamailiosTableIsReadAsItIs() throws Exception {
        assertThat(store.findHa1("alice", "pinhole.test", "MD5")).isEqualTo(MD5);
        assertThat(store.findHa1("alice", "pinhole.test", "SHA-256")).isNull();
        assertThat(store.findHa1("alice", "elsewhere", "MD5")).isNull();
        assertThat(store.findHa1("bob", "pinhole.test", "MD5")).isNull();
    }

    @Test
    void aQueryMayKnowSeveralAlgorithms() throws Exception {
        store = store(h2, BOTH);

        assertThat(store.findHa1("alice", "pinhole.test", "MD5")).isEqualTo(MD5);
        assertThat(store.findHa1("alice", "pinhole.test", "SHA-256")).isEqualTo(SHA);
        assertThat(store.findHa1("alice", "pinhole.test", "SHA-512-256")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "none", "' OR '1'='1", "alice'; DROP TABLE subscriber; --", "\u0000"})
    void whatIsNoHashIsNobodyAndANameIsNeverSql(String user) throws Exception {
        assertThat(store.findHa1(user, "pinhole.test", "MD5")).isNull();
        assertThat(store.findHa1("alice", "pinhole.test", "MD5")).isEqualTo(MD5);
    }

    @Test
    void aDataBaseThatIsDownIsAskedOnceASecondUntilItIsBack() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger up = new AtomicInteger();
        store = store(
                dataSource(() -> {
                    asked.incrementAndGet();
                    if (up.get() == 0) {
                        throw new SQLException("refused");
                    }
                    return h2.getConnection();
                }),
                JdbcQuery.KAMAILIO);

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> store.findHa1("alice", "pinhole.test", "MD5"))
                    .isInstanceOf(CredentialsUnavailableException.class)
                    .hasMessageContaining("jdbc/users");
        }
        assertThat(asked.get()).isEqualTo(1);
        up.set(1);
        clock.advanceMillis(1000);
        assertThat(store.findHa1("alice", "pinhole.test", "MD5")).isEqualTo(MD5);
        assertThat(store.findHa1("alice", "pinhole.test", "MD5")).isEqualTo(MD5);
        assertThat(asked.get()).isEqualTo(3);
    }

    /** As PostgreSQL does with octets that no text has. */
    @Test
    void aNameThatTheDataBaseCannotTakePutsNobodyElseOff() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        store = store(
                dataSource(() -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new SQLException("invalid byte sequence", "22021");
                    }
                    return h2.getConnection();
                }),
                JdbcQuery.KAMAILIO);

        assertThat(store.findHa1("\uFFFE", "pinhole.test", "MD5")).isNull();
        assertThat(store.findHa1("alice\u0000", "pinhole.test", "MD5")).isNull();
        assertThat(store.findHa1("alice", "pinhole.test", "MD5")).isEqualTo(MD5);
        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void oneThatHangsIsNotWaitedFor() {
        CountDownLatch never = new CountDownLatch(1);
        store = new JdbcCredentialStore(
                NAME,
                dataSource(() -> {
                    never.await();
                    return h2.getConnection();
                }),
                JdbcQuery.parse(JdbcQuery.KAMAILIO),
                clock);

        String complaint = complaint();
        for (int again = 0; complaint.contains(BUSY) && again < 30; again++) {
            complaint = complaint(); // none of its threads was given a processor in time
        }
        assertThat(complaint).contains(NAME, "did not answer within 2 s");
    }

    private String complaint() {
        try {
            return "none, but " + store.findHa1("alice", "pinhole.test", "MD5");
        } catch (CredentialsUnavailableException complaint) {
            return String.valueOf(complaint.getMessage());
        }
    }

    /** As when all phones come back after a restart, or strangers guess: who has to wait keeps a thread of everybody's. */
    @Test
    void oneThatIsBusyIsNotDownAndMostDoNotWaitForIt() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        store = store(
                dataSource(() -> {
                    answers.await();
                    return h2.getConnection();
                }),
                JdbcQuery.KAMAILIO);
        Queue<String> found = new ConcurrentLinkedQueue<>();
        BlockingQueue<String> complaints = new LinkedBlockingQueue<>();
        ExecutorService calls = Executors.newFixedThreadPool(64);
        for (int i = 0; i < 64; i++) {
            calls.execute(() -> {
                try {
                    found.add(String.valueOf(store.findHa1("alice", "pinhole.test", "MD5")));
                } catch (CredentialsUnavailableException busy) {
                    complaints.add(String.valueOf(busy.getMessage()));
                }
            });
        }
        calls.shutdown();
        for (int i = 0; i < 40; i++) {
            assertThat(complaints.poll(60, TimeUnit.SECONDS))
                    .as("while none was answered")
                    .contains(BUSY);
        }
        answers.countDown();

        assertThat(calls.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(complaints).isEmpty();
        assertThat(found).hasSize(24).allMatch(MD5::equals);
        assertThat(store.findHa1("alice", "pinhole.test", "MD5")).isEqualTo(MD5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ha1 FROM subscriber",
                "SELECT ha1 FROM subscriber WHERE username = '{user}'",
                "SELECT ha1 FROM subscriber WHERE username = {name}",
                "SELECT ha1 FROM subscriber WHERE username = {user} AND {password}",
            })
    void aQueryThatCannotServeIsRefused(String query) {
        assertThatThrownBy(() -> JdbcQuery.parse(query))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{user}");
    }

    private interface Connecting {
        Connection connect() throws Exception;
    }

    private static DataSource dataSource(Connecting connecting) {
        return (DataSource) Proxy.newProxyInstance(
                JdbcCredentialStoreTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, given) -> {
                    if (method.getName().equals("getConnection")) {
                        return connecting.connect();
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
