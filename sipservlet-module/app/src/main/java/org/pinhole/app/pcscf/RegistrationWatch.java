package org.pinhole.app.pcscf;

/** Asks the core to be told when registrations end (RFC 3680, TS 24.229 5.2.3). Safe for any thread. */
public interface RegistrationWatch {
    /**
     * A flow was bound, or its registration renewed. Called before the phone hears of it; to return at once.
     *
     * @param subject whose registration, and for how long
     */
    void registered(RegistrationSubject subject);
}
