/** The PROXY protocol, versions 1 and 2, as it comes in: who may send it, and what it says. Pure: bytes and addresses. */
package org.pinhole.connector.proxyprotocol;
