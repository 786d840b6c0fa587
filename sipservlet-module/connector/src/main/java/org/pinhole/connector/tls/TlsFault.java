package org.pinhole.connector.tls;

/** Something is wrong with a certificate or key; the message names the file and says what to do. */
public final class TlsFault extends Exception {
    private static final long serialVersionUID = 1L;

    TlsFault(String message) {
        super(message);
    }

    TlsFault(String message, Throwable cause) {
        super(message, cause);
    }
}
