package org.pinhole.turn;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.pinhole.turn.allocation.TransportProtocol;

/** The server as a process of its own: only so are its memory, its open files and its log nobody else's. */
final class LiveProcess implements AutoCloseable {
    private static final String TOKEN = "open-sesame";
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path log;
    private final String listening;
    private final HttpClient http = HttpClient.newHttpClient();

    private LiveProcess(Process process, Path log, String listening) {
        this.process = process;
        this.log = log;
        this.listening = listening;
    }

    /** Starts it behind {@code launcher}, a command that becomes the one it is given, and waits until it listens. */
    static LiveProcess start(Path folder, List<String> launcher, List<String> options) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-Xmx128m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("org.pinhole.turn.TurnMain", "--realm=pinhole.test", "--relay-address=127.0.0.1"));
        command.add("--user=" + LiveServer.USER + ":" + LiveServer.PASSWORD);
        command.addAll(List.of("--admin-listen=127.0.0.1:0", "--admin-token-file=" + token));
        command.addAll(options);
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("does not start: " + Files.readString(log));
        }
        return new LiveProcess(process, log, line);
    }

    InetSocketAddress address(TransportProtocol transport) {
        return after(transport + "://");
    }

    private InetSocketAddress after(String what) {
        Matcher found = Pattern.compile(Pattern.quote(what) + "(127\\.0\\.0\\.1):([0-9]+)")
                .matcher(listening);
        if (!found.find()) {
            throw new IllegalStateException("no " + what + " in " + listening);
        }
        return new InetSocketAddress(found.group(1), Integer.parseInt(found.group(2)));
    }

    /** Its admin port. */
    InetSocketAddress admin() {
        return after("admin on ");
    }

    /** The number behind a name of its Prometheus page. */
    long metric(String name) throws IOException, InterruptedException {
        return values(line -> line.startsWith(name + " ")).findFirst().orElseThrow();
    }

    /** The requests of a method, whatever they were answered, or not. */
    long requests(String method) throws IOException, InterruptedException {
        return values(line ->
                        line.startsWith("pinhole_turn_requests_total{") && line.contains("method=\"" + method + "\"}"))
                .sum();
    }

    private LongStream values(Predicate<String> line) throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + after("admin on ").getPort() + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("Authorization", "Bearer " + TOKEN)
                .timeout(Duration.ofSeconds(STOP_SECONDS))
                .build();
        String metrics =
                http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return metrics.lines().filter(line).mapToLong(found ->
                (long) Double.parseDouble(found.substring(found.lastIndexOf(' ') + 1)));
    }

    /** Waits until a number is what it should be; fails with what it is. */
    void awaitMetric(String name, long expected) throws IOException, InterruptedException {
        awaitMetric(name, Long.toString(expected), seen -> seen == expected);
    }

    /** The same with what it should be in words. */
    void awaitMetric(String name, String expected, LongPredicate is) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        for (long seen = metric(name); !is.test(seen); seen = metric(name)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("%s is %d, not %s".formatted(name, seen, expected));
            }
            Thread.sleep(50); // looks again; what is waited for is the number
        }
    }

    /** What is on its heap and still in use, what its buffers have beside the heap, and how many files it has open. */
    record Holdings(long heapBytes, long directBytes, long openFiles) {}

    /** Asks its JVM, which collects its garbage first. */
    @SuppressWarnings("BanJNDI") // the JVM asked is of our own making
    Holdings holdings() throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            MemoryMXBean memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
            UnixOperatingSystemMXBean system =
                    ManagementFactory.getPlatformMXBean(beans, UnixOperatingSystemMXBean.class);
            memory.gc();
            long direct = ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Holdings(memory.getHeapMemoryUsage().getUsed(), direct, system.getOpenFileDescriptorCount());
        } finally {
            machine.detach();
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits until the log says something; fails with what it says. */
    void awaitLog(String text) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (!log().contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("'%s' is not in: %s".formatted(text, log()));
            }
            Thread.sleep(50); // looks again; what is waited for is the text
        }
    }

    /** SIGHUP, as a service manager reloads. */
    void hangUp() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -HUP failed");
        }
    }

    /** SIGTERM; its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return end();
    }

    /** Waits for its end; its exit code. */
    int end() throws InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
