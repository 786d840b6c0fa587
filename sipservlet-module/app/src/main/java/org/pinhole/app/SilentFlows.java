package org.pinhole.app;

import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.TimerListener;

/** The container's timers, which all are those of forks: a flow was silent for too long, or has died meanwhile. */
public final class SilentFlows implements TimerListener {
    @Override
    public void timeout(ServletTimer timer) {
        ServletFork fork = ServletFork.of(timer.getApplicationSession());
        if (fork != null && timer.getInfo() instanceof Integer) {
            fork.expired((Integer) timer.getInfo());
        }
    }
}
