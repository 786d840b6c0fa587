package org.pinhole.turn;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.pinhole.turn.admin.OperationFailed;
import org.pinhole.turn.request.RequestRouter;
import org.pinhole.turn.transport.Routers;

/** The router of each event loop, and what may be asked of all of them from outside. */
final class LoopRouters implements Routers {
    private static final long LOOP_SECONDS = 2;

    private final IdentityHashMap<EventLoop, RequestRouter> routers = new IdentityHashMap<>();
    private final List<EventLoop> loops = new ArrayList<>();

    LoopRouters(Iterable<EventExecutor> executors, Supplier<RequestRouter> router) {
        for (EventExecutor executor : executors) {
            EventLoop loop = (EventLoop) executor;
            loops.add(loop);
            routers.put(loop, router.get());
        }
    }

    /** All of them, always in the same order. */
    List<EventLoop> loops() {
        return loops;
    }

    @Override
    public RequestRouter of(EventLoop loop) {
        return Objects.requireNonNull(routers.get(loop), "a loop of our own");
    }

    /** Lets allocations expire from now on. */
    void start() {
        routers.forEach((loop, router) -> {
            var unused = loop.scheduleAtFixedRate(router::tick, 1, 1, TimeUnit.SECONDS);
        });
    }

    /** Asks every event loop, so that one that hangs is seen. */
    LoopState state() throws OperationFailed {
        List<Future<LoopState>> states = new ArrayList<>();
        routers.forEach((loop, router) -> states.add(loop.submit(() -> LoopState.of(router))));
        LoopState sum = LoopState.NONE;
        try {
            for (Future<LoopState> state : states) {
                sum = sum.plus(state.get(LOOP_SECONDS, TimeUnit.SECONDS));
            }
            return sum;
        } catch (TimeoutException | ExecutionException e) {
            throw new OperationFailed("an event loop did not answer within %d s".formatted(LOOP_SECONDS), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted", e);
        }
    }

    /** Ends every allocation. */
    void stop() {
        routers.forEach((loop, router) -> loop.submit(router::stop).syncUninterruptibly());
    }
}
