/**
 * The state of the server: allocations found by five-tuple, their permissions, channels and lifetimes. Each has one
 * writer, the event loop of its client, and therefore no lock.
 */
package org.pinhole.turn.allocation;
