/** The load: phones on native epoll and BoringSSL, many per thread. */
package org.pinhole.bench.load;
