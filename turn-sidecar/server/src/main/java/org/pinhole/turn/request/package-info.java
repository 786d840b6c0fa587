/**
 * What a client wants: one table from message type to handler, and handlers that read as the RFC's numbered steps. Only
 * {@link org.pinhole.turn.request.RequestRouter} turns an error into an answer.
 */
package org.pinhole.turn.request;
