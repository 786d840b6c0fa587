package org.pinhole.connector.proxyprotocol;

/** What a connection begins with is no PROXY protocol header. The message says what was seen. */
public final class ProxyFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    ProxyFormatException(String message) {
        super(message);
    }
}
