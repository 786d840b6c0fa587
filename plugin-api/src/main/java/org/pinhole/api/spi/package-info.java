/** What an operator may plug in, found with {@link java.util.ServiceLoader}: credentials and bindings kept elsewhere. */
package org.pinhole.api.spi;
