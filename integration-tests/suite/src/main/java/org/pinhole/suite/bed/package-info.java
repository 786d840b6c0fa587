/** What runs inside the test bed: a firewall that is real, made of network namespaces. */
package org.pinhole.suite.bed;
