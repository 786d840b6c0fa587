package org.pinhole.app.chain;

/** What a step does to the responses of a request that it has let pass, provisional ones too. Safe for any thread. */
public interface ResponseEdit {
    /** A response passes. The same one may be shown twice, so doing it again changes nothing. */
    void passing(PassingResponse response);
}
