package org.pinhole.ue.digest;

/** What the A1 of a -sess algorithm was made from: the first request's nonce and cnonce, for as long as no new challenge comes. */
public record DigestSession(String nonce, String cnonce) {}
