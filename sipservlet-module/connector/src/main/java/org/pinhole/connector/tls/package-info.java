/** Certificates, keys and TLS contexts of a connector: read, made on first start, checked before anything listens. */
package org.pinhole.connector.tls;
