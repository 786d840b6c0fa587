package org.pinhole.turn;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.pinhole.turn.admin.OperationFailed;
import org.pinhole.turn.request.RequestRouter;
import org.pinhole.turn.transport.Routers;

/** The router of each event loop, and what may be asked of all of them from outside. */
final class LoopRouters implements Routers {
    private static final long LOOP_SECONDS = 2;

    private final IdentityHashMap<EventLoop, RequestRouter> routers = new IdentityHashMap<>();
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<Future<?>> sweeps = new CopyOnWriteArrayList<>();

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
            sweeps.add(loop.scheduleAtFixedRate(router::tick, 1, 1, TimeUnit.SECONDS));
        });
    }

    /** Lets nothing expire any more. */
    void stopSweeping() {
        sweeps.forEach(sweep -> sweep.cancel(false));
    }

    /** Asks every event loop, so that one that hangs is seen; in the order of {@link #loops}. */
    List<LoopState> states() throws OperationFailed {
        List<Future<LoopState>> asked = loops.stream()
                .map(loop -> loop.submit(() -> LoopState.of(of(loop))))
                .collect(Collectors.toList());
        List<LoopState> states = new ArrayList<>();
        try {
            for (Future<LoopState> state : asked) {
                states.add(state.get(LOOP_SECONDS, TimeUnit.SECONDS));
            }
            return states;
        } catch (TimeoutException | ExecutionException e) {
            throw new OperationFailed("an event loop did not answer within %d s".formatted(LOOP_SECONDS), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted", e);
        }
    }

    /** The same of all of them together. */
    LoopState state() throws OperationFailed {
        return states().stream().reduce(LoopState.NONE, LoopState::plus);
    }

    /** Ends every allocation. */
    void stop() {
        routers.forEach((loop, router) -> loop.submit(router::stop).syncUninterruptibly());
    }
}
