package org.pinhole.app.credentials;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users in a data base. It is asked on threads of this store's own, few and with a short queue; a look-up waits two seconds at
 * most for its turn and two for its answer, and where so many wait that there is no place in the queue, not at all: one that
 * hangs holds up a part of the container's threads, for no longer than that, and no event loop. While it fails it is asked once a
 * second, everyone else hears at once that it cannot say. Whoever does not get his turn hears so too, but that is no failure:
 * many phones that come back together are served as fast as it answers.
 */
public final class JdbcCredentialStore implements CredentialStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcCredentialStore.class);
    private static final int THREADS = 8;
    /** With those that are answered well below the 64 threads that process calls: what waits here keeps those of others waiting. */
    private static final int QUEUED = 16;

    private static final int ANSWER_SECONDS = 2;
    private static final long ASK_AGAIN_MILLIS = 1000;
    /** The class of SQL states that speaks of the values in a statement, not of the data base. */
    private static final String DATA_EXCEPTION = "22";

    private final String name;
    private final DataSource dataSource;
    private final JdbcQuery query;
    private final LongSupplier clockMillis;
    private final int answerSeconds;
    private final ThreadPoolExecutor threads;

    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile boolean failing;
    private volatile long failedAtMillis;

    /** Users of this data base; the name is for the log. Not asked before the first look-up. */
    public JdbcCredentialStore(String name, DataSource dataSource, JdbcQuery query, LongSupplier clockMillis) {
        this(name, dataSource, query, clockMillis, ANSWER_SECONDS);
    }

    /** The same, which is waited for so long. */
    JdbcCredentialStore(
            String name, DataSource dataSource, JdbcQuery query, LongSupplier clockMillis, int answerSeconds) {
        this.answerSeconds = answerSeconds;
        this.name = name;
        this.dataSource = dataSource;
        this.query = query;
        this.clockMillis = clockMillis;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 60, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUED), work -> {
                    Thread thread = new Thread(work, "pinhole-users-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public @Nullable String findHa1(String user, String realm, String algorithm)
            throws CredentialsUnavailableException {
        HashFunction function = HashFunction.find(algorithm);
        boolean answerable = function != null && (function == HashFunction.MD5 || query.knowsAlgorithms());
        if (function == null || !answerable || user.chars().anyMatch(Character::isISOControl)) {
            return null; // PostgreSQL fails over a NUL, which is then no fault of its own
        }
        if (!failing) {
            return ask(user, realm, function);
        }
        boolean due = clockMillis.getAsLong() - failedAtMillis >= ASK_AGAIN_MILLIS;
        if (!due || !asking.compareAndSet(false, true)) {
            throw new CredentialsUnavailableException("users' data base " + name + " did not answer a moment ago");
        }
        try {
            return ask(user, realm, function);
        } finally {
            asking.set(false);
        }
    }

    private @Nullable String ask(String user, String realm, HashFunction function)
            throws CredentialsUnavailableException {
        CountDownLatch begun = new CountDownLatch(1);
        Future<@Nullable String> answer;
        try {
            answer = threads.submit(() -> {
                begun.countDown();
                return select(user, realm, function);
            });
        } catch (RejectedExecutionException full) {
            throw busy();
        }
        try {
            if (!begun.await(answerSeconds, TimeUnit.SECONDS)) {
                answer.cancel(true);
                throw busy();
            }
            String ha1 = answer.get(answerSeconds, TimeUnit.SECONDS);
            if (failing) {
                failing = false;
                LOG.info("users' data base {} answers again", name);
            }
            return ha1;
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw failed("did not answer within " + answerSeconds + " s");
        } catch (ExecutionException fault) {
            throw failed(String.valueOf(fault.getCause()));
        } catch (InterruptedException stopping) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failed("was not waited for: the container is stopping");
        }
    }

    /** Not failing: it answers, only others were before. */
    private CredentialsUnavailableException busy() {
        return new CredentialsUnavailableException(
                "users' data base " + name + " is too slow: up to " + (THREADS + QUEUED) + " look-ups wait for it");
    }

    private CredentialsUnavailableException failed(String what) {
        failedAtMillis = clockMillis.getAsLong();
        failing = true;
        return new CredentialsUnavailableException("users' data base " + name + ": " + what);
    }

    private @Nullable String select(String user, String realm, HashFunction function) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(query.sql())) {
            statement.setQueryTimeout(answerSeconds);
            query.bind(statement, user, realm, function.token());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? checked(rows.getString(1), function) : null;
            }
        } catch (SQLException fault) {
            if (String.valueOf(fault.getSQLState()).startsWith(DATA_EXCEPTION)) {
                complainOnce("cannot take every name, SQL state " + fault.getSQLState() + "; it knows no such user");
                return null; // so whoever sent that name puts nobody else off
            }
            throw fault;
        }
    }

    /** A column may be padded, empty or null; anything else that is no hash is somebody's mistake. */
    private @Nullable String checked(@Nullable String column, HashFunction function) {
        String ha1 = column == null ? "" : column.trim();
        if (function.isHash(ha1)) {
            return ha1.toLowerCase(Locale.ROOT);
        }
        if (!ha1.isEmpty()) {
            complainOnce("answers the query with something that is not " + function.hexLength()
                    + " hexadecimal digits for " + function.token()
                    + "; such users are unknown. Let it select H(A1), not a password");
        }
        return null;
    }

    private void complainOnce(String what) {
        if (complained.compareAndSet(false, true)) {
            LOG.error("users' data base {} {}", name, what);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
