/** The demo: a container, Pinhole installed into it, and the story of two phones behind a proxy, told step by step. */
package org.pinhole.suite.demo;
