package org.pinhole.app;

import java.lang.reflect.InvocationHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ProxyBranch;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.TimerService;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.OnceAMinute;

/** The container's proxy of one request, with branches that answer when a test says so. */
final class FakeProxy {
    private final String method;
    private final List<Branch> branches = new ArrayList<>();
    private final List<String> timers = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> refused = new HashSet<>();
    private final SipServletRequest request;
    private final Proxy proxy;
    private Runnable whileStarting = () -> {};

    FakeProxy(String method) {
        this.method = method;
        SipApplicationSession session = fake(SipApplicationSession.class, (self, called, given) -> null);
        this.request = fake(
                SipServletRequest.class,
                (self, called, given) -> called.getName().equals("getApplicationSession") ? session : method);
        this.proxy = fake(Proxy.class, (self, called, given) -> {
            if (called.getName().equals("createProxyBranches")) {
                return Collections.singletonList(create(String.valueOf(((List<?>) given[0]).get(0))).proxyBranch);
            }
            return startAll();
        });
    }

    private Branch create(String key) {
        Branch branch = new Branch(key);
        branches.add(branch);
        return branch;
    }

    private @Nullable Object startAll() {
        whileStarting.run();
        for (Branch branch : branches) {
            if (!branch.started) {
                branch.started = true;
                if (refused.contains(branch.uri)) {
                    throw new IllegalStateException("the write queue is full");
                }
                branch.taken = true;
            }
        }
        return null;
    }

    SipServletRequest request() {
        return request;
    }

    Proxy proxy() {
        return proxy;
    }

    Outgoing outgoing(Forks forks) {
        SipFactory factory = fake(SipFactory.class, (self, called, given) -> uri(String.valueOf(given[0])));
        TimerService service = fake(TimerService.class, (self, called, given) -> {
            timers.add(given[1] + " " + given[3]);
            return null;
        });
        return new Outgoing(
                factory, service, forks, new StandingDialogs(), new FakeFlows(), new OnceAMinute(new HandClock()));
    }

    /** Requests to this URI cannot be written. */
    void refuse(String uri) {
        refused.add(uri);
    }

    /** What happens while branches are started. */
    void onStart(Runnable meanwhile) {
        whileStarting = meanwhile;
    }

    /** What was sent, with its topmost Route, in order. */
    List<String> started() {
        List<String> sent = new ArrayList<>();
        for (Branch branch : branches) {
            if (branch.taken) {
                sent.add(branch.uri + " over " + branch.route);
            }
        }
        return sent;
    }

    /** The URIs by which the container knows the branches. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        branches.forEach(branch -> keys.add(branch.key));
        return keys;
    }

    /** The timers that were set: milliseconds and branch. */
    List<String> timers() {
        return timers;
    }

    /** What was asked of a branch after it was started. */
    List<String> calls(int branch) {
        return branches.get(branch).calls;
    }

    /** An answer of the phone. */
    Answer answer(int branch, int status) {
        Answer answer = new Answer(status, branches.get(branch).proxyBranch, branches.get(branch).request);
        branches.get(branch).last = answer.response();
        return answer;
    }

    /** What the container makes of a transaction that timed out: it belongs to no branch, but to the request. */
    Answer timeout(int branch) {
        return new Answer(408, null, branches.get(branch).request);
    }

    /** What the container says when the time of a branch is up. */
    Answer containersOwn(int branch, int status) {
        return new Answer(status, branches.get(branch).proxyBranch, request);
    }

    /** The answer that was found best. */
    Answer answer(int status) {
        return new Answer(status, null, request);
    }

    private static SipURI uri(String text) {
        List<String> parameters = new ArrayList<>();
        return fake(SipURI.class, (self, called, given) -> {
            if (called.getName().equals("setParameter")) {
                parameters.add(";" + given[0] + "=" + given[1]);
                return null;
            }
            return text + String.join("", parameters);
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(
                java.lang.reflect.Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** One branch. */
    private static final class Branch {
        private final String key;
        private final List<String> calls = new ArrayList<>();
        private final SipServletRequest request;
        private final ProxyBranch proxyBranch;
        private String uri = "";
        private String route = "";
        private boolean started;
        private boolean taken;
        private @Nullable SipServletResponse last;

        private Branch(String key) {
            this.key = key;
            this.request = fake(SipServletRequest.class, (self, called, given) -> {
                if (called.getName().equals("setRequestURI")) {
                    uri = String.valueOf(given[0]);
                } else {
                    route = String.valueOf(given[0]);
                }
                return null;
            });
            this.proxyBranch = fake(ProxyBranch.class, (self, called, given) -> {
                switch (called.getName()) {
                    case "getRequest":
                        return request;
                    case "getResponse":
                        return last;
                    default:
                        calls.add(called.getName() + (given == null ? "" : " " + given[0]));
                        return null;
                }
            });
        }
    }

    /** One response, whose status may be changed. */
    final class Answer {
        private final Map<String, Object> attributes = new HashMap<>();
        private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final SipServletResponse response;
        private int status;

        private Answer(int status, @Nullable ProxyBranch branch, SipServletRequest to) {
            this.status = status;
            this.response = fake(SipServletResponse.class, (self, called, given) -> {
                switch (called.getName()) {
                    case "getStatus":
                        return this.status;
                    case "setStatus":
                        this.status = (Integer) given[0];
                        return null;
                    case "getMethod":
                        return method;
                    case "getProxyBranch":
                        return branch;
                    case "getRequest":
                        return to;
                    case "getHeaders":
                        return headers.getOrDefault(given[0], new ArrayList<>()).listIterator();
                    case "addHeader":
                        with(String.valueOf(given[0]), String.valueOf(given[1]));
                        return null;
                    case "setAttribute":
                        return attributes.put(String.valueOf(given[0]), given[1]);
                    case "getAttribute":
                        return attributes.get(String.valueOf(given[0]));
                    default:
                        throw new UnsupportedOperationException(called.getName());
                }
            });
        }

        SipServletResponse response() {
            return response;
        }

        Answer with(String name, String value) {
            headers.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
            return this;
        }

        List<String> headers(String name) {
            return headers.getOrDefault(name, Collections.emptyList());
        }

        int status() {
            return status;
        }
    }
}
