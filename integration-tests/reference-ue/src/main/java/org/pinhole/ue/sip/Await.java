package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where a caller's thread waits for what the loop brings about. */
final class Await {
    private Await() {}

    static <T> T on(CompletableFuture<T> future, Duration limit, String what) throws SipFailure {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String seen = cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
            throw new SipFailure(seen, cause instanceof SipFailure ? cause : e);
        } catch (TimeoutException e) {
            throw new SipFailure("waited " + limit.toSeconds() + " s in vain for " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SipFailure("interrupted while waiting for " + what, e);
        }
    }
}
