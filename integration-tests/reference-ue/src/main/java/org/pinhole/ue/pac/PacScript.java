package org.pinhole.ue.pac;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.ScriptableObject;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.TunnelException;

/**
 * A PAC script: a function that says by which proxy to go where. It runs in an engine that knows no Java, on a thread of its
 * own, and is given up when it takes too long.
 */
final class PacScript {
    private static final int DEEPEST = 500;

    private final String name;
    private final String text;
    private final PacWorld world;
    private final PacHosts hosts;
    private final Duration limit;

    /**
     * A script.
     *
     * @param name where it came from, for errors
     * @param limit how long one question may take, look-ups in the DNS included
     */
    PacScript(String name, String text, PacWorld world, Duration limit) {
        this.name = name;
        this.text = text;
        this.world = world;
        this.hosts = new PacHosts(world);
        this.limit = limit;
    }

    /** What it says of a TLS connection to this server, as it stands. Browsers show scripts no more of a URL than this. */
    String ask(HostPort server) throws TunnelException {
        PacEngine engine = new PacEngine();
        FutureTask<String> task = new FutureTask<>(() -> engine.run(context -> answer(context, server)));
        Thread thread = new Thread(task, "ue-pac");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TunnelException(
                    "PAC script " + name + ": no answer for " + server + " within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new TunnelException("PAC script " + name + ": " + reason(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TunnelException("interrupted", e);
        } finally {
            engine.stop();
        }
    }

    private static String reason(@Nullable Throwable cause) {
        String said = cause instanceof RhinoException inScript
                ? inScript.details() + " (line " + inScript.lineNumber() + ")"
                : cause == null ? "failed" : String.valueOf(cause.getMessage());
        return said.lines().findFirst().orElse("failed");
    }

    private String answer(Context context, HostPort server) {
        context.setMaximumInterpreterStackDepth(DEEPEST);
        ScriptableObject scope = context.initSafeStandardObjects();
        define(scope);
        context.evaluateString(scope, text, name, 1, null);
        Object found = ScriptableObject.getProperty(scope, "FindProxyForURL");
        if (!(found instanceof Function function)) {
            throw new IllegalStateException("it has no function FindProxyForURL");
        }
        Object[] arguments = {"https://" + server.authority() + "/", server.host()};
        Object answer = function.call(context, scope, scope, arguments);
        return answer == null ? "" : ScriptRuntime.toString(answer);
    }

    private void define(ScriptableObject scope) {
        put(scope, "isPlainHostName", given -> PacHosts.isPlainHostName(at(given, 0)));
        put(scope, "dnsDomainIs", given -> PacHosts.dnsDomainIs(at(given, 0), at(given, 1)));
        put(scope, "localHostOrDomainIs", given -> PacHosts.localHostOrDomainIs(at(given, 0), at(given, 1)));
        put(scope, "dnsDomainLevels", given -> PacHosts.dnsDomainLevels(at(given, 0)));
        put(scope, "shExpMatch", given -> PacHosts.shExpMatch(at(given, 0), at(given, 1)));
        put(scope, "convert_addr", given -> (double) PacHosts.number(at(given, 0)));
        put(scope, "isResolvable", given -> hosts.isResolvable(at(given, 0)));
        put(scope, "dnsResolve", given -> hosts.dnsResolve(at(given, 0)));
        put(scope, "isInNet", given -> hosts.isInNet(at(given, 0), at(given, 1), at(given, 2)));
        put(scope, "myIpAddress", given -> world.ownAddress());
        put(scope, "weekdayRange", given -> PacTimes.weekdayRange(given, world.now()));
        put(scope, "dateRange", given -> PacTimes.dateRange(given, world.now()));
        put(scope, "timeRange", given -> PacTimes.timeRange(given, world.now()));
        put(scope, "alert", given -> null);
    }

    private static void put(ScriptableObject scope, String function, PacFunction.Body body) {
        ScriptableObject.putProperty(scope, function, new PacFunction(body));
    }

    private static String at(List<String> given, int index) {
        return index < given.size() ? given.get(index) : "";
    }
}
