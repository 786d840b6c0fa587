package org.pinhole.connector.transport;

import gov.nist.javax.sip.ThreadAffinityTask;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Which of the stack's threads a call is processed on: always the same, and nobody outside can tell which. The stack would
 * take the Call-ID's own hash, by which one phone could send all its load to one thread and make the others' calls there wait.
 * Any thread.
 */
final class CallThreads {
    /** One key for all connectors: a message to ourselves must not overtake the one that it follows. */
    static final CallThreads OF_THIS_PROCESS = keyed(randomKey());

    private static final int KEY_BYTES = 16;

    private final KeyParameter key;

    private CallThreads(KeyParameter key) {
        this.key = key;
    }

    static CallThreads keyed(byte[] key) {
        return new CallThreads(new KeyParameter(key));
    }

    private static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** One task of the stack's executor, bound to the thread of its call. */
    ThreadAffinityTask task(String callId, Runnable work) {
        Integer hash = hash(callId);
        return new ThreadAffinityTask() {
            @Override
            public Object getThreadHash() {
                return hash;
            }

            @Override
            public void run() {
                work.run();
            }
        };
    }

    private Integer hash(String callId) {
        SipHash keyed = new SipHash();
        keyed.init(key);
        byte[] octets = callId.getBytes(StandardCharsets.UTF_8);
        keyed.update(octets, 0, octets.length);
        return (int) keyed.doFinal();
    }
}
