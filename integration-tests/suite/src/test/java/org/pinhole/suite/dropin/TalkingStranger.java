package org.pinhole.suite.dropin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody on a flow who asks for this and that, each second, and never registers. */
final class TalkingStranger implements AutoCloseable {
    private final ImsPhone phone;
    private final List<String> heard = new ArrayList<>();
    private final Thread talk = new Thread(this::talk, "talking-stranger");

    TalkingStranger(ImsPhone phone) {
        this.phone = phone;
        talk.setDaemon(true);
        talk.start();
    }

    private void talk() {
        try {
            String answer = "";
            while (!answer.equals(ImsPhone.CLOSED)) {
                phone.say("OPTIONS", "sip:" + Site.DOMAIN, "sip:" + Site.DOMAIN, "");
                answer = phone.next();
                heard.add(answer);
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (IOException closed) {
            heard.add(ImsPhone.CLOSED);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that he was told, once nobody listens to him any more. */
    List<String> heard() throws InterruptedException {
        talk.join(60_000);
        return heard;
    }

    @Override
    public void close() throws IOException {
        talk.interrupt();
        phone.close();
    }
}
