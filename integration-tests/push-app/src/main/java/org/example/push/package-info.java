/** A sample application: pushes short messages to phones over the flows on which they came, and is told when those die. */
package org.example.push;
