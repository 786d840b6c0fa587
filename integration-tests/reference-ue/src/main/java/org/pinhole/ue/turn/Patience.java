package org.pinhole.ue.turn;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.StunMessage;

/** The one place where time passes while a request waits for its answer; tests let none pass. */
interface Patience {
    /** By the machine's clock. */
    Patience SYSTEM = (answer, limit) -> {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new TurnException(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TurnException("interrupted while waiting for the server", e);
        }
    };

    /** The answer, or null when the limit came first. */
    @Nullable
    StunMessage await(CompletableFuture<StunMessage> answer, Duration limit) throws TurnException;
}
