package org.pinhole.suite.demo;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.pinhole.ue.call.CallListener;
import org.pinhole.ue.ice.CandidatePair;

/** What one end of a call is told of its media, waited for line by line. */
final class MediaEnd implements CallListener {
    private static final int LIMIT_SECONDS = 40;

    private final BlockingQueue<String> streams = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

    @Override
    public void connected(String stream, CandidatePair pair) {
        streams.add(stream + ": " + pair);
    }

    @Override
    public void failed(String stream, String reason) {
        streams.add(stream + " FAILED: " + reason);
    }

    @Override
    public void message(String text) {
        messages.add(text);
    }

    @Override
    public void delivered(String messageId, int status) {
        reports.add(Integer.toString(status));
    }

    /** The next stream that stands; one that failed fails the step. */
    String stream() throws IOException, StepFailed {
        String stream = next(streams, "a stream");
        if (stream.contains("FAILED")) {
            throw new StepFailed(stream);
        }
        return stream;
    }

    String message() throws IOException {
        return next(messages, "a message");
    }

    String report() throws IOException {
        return next(reports, "a report");
    }

    private static String next(BlockingQueue<String> queue, String what) throws IOException {
        try {
            String line = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("waited " + LIMIT_SECONDS + " s in vain for " + what);
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
