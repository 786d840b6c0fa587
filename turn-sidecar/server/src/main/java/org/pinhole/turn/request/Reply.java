package org.pinhole.turn.request;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.pinhole.stun.Attribute;

/**
 * The success of a request, now or later.
 *
 * @param attributes completes on the client's event loop, exceptionally with the StunException to answer instead
 * @param afterwards runs behind the answer
 */
record Reply(CompletableFuture<List<Attribute>> attributes, Runnable afterwards) {
    static Reply of(List<Attribute> attributes) {
        return new Reply(CompletableFuture.completedFuture(attributes), Reply::nothing);
    }

    static Reply of(Attribute... attributes) {
        return of(List.of(attributes));
    }

    static Reply later(CompletableFuture<List<Attribute>> attributes) {
        return new Reply(attributes, Reply::nothing);
    }

    static Reply then(Runnable afterwards) {
        return new Reply(CompletableFuture.completedFuture(List.of()), afterwards);
    }

    private static void nothing() {}
}
