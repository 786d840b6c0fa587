/**
 * The one place where woven code meets Pinhole: {@link org.pinhole.bridge.Bridge} is what inlined advice calls, {@link
 * org.pinhole.bridge.ContainerHooks} is what answers. JDK types only, because both sides live in different class loaders.
 */
package org.pinhole.bridge;
