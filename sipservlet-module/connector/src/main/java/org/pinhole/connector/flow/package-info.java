/** Flows and their tokens (RFC 5626): what a flow is called, which are open. Knows no stack and no container. */
package org.pinhole.connector.flow;
