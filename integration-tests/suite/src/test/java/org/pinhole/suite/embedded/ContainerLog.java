package org.pinhole.suite.embedded;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.log4j.AppenderSkeleton;
import org.apache.log4j.Logger;
import org.apache.log4j.spi.LoggingEvent;

/** What we write to the container's log while this is open. */
final class ContainerLog implements AutoCloseable {
    private static final Logger OURS = Logger.getLogger("org.pinhole");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderSkeleton appender = new AppenderSkeleton() {
        @Override
        protected void append(LoggingEvent event) {
            lines.add(event.getRenderedMessage());
        }

        @Override
        public void close() {}

        @Override
        public boolean requiresLayout() {
            return false;
        }
    };

    private ContainerLog() {}

    static ContainerLog follow() {
        ContainerLog log = new ContainerLog();
        OURS.addAppender(log.appender);
        return log;
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        OURS.removeAppender(appender);
    }
}
