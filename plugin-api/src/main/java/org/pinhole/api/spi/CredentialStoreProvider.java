package org.pinhole.api.spi;

/** Opens the credential stores of one kind of location, by the scheme of {@code pinhole.credentials}. */
public interface CredentialStoreProvider {
    /** The scheme that it serves, such as {@code jdbc}; {@code file} is built in. */
    String scheme();

    /**
     * Opens the store. Called once per distinct location.
     *
     * @param location the whole value of {@code pinhole.credentials}, scheme included
     */
    CredentialStore open(String location);
}
