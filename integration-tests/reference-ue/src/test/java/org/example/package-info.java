/** What a client developer writes who embeds the UE: nothing here is of Pinhole's own packages, so only what is public is used. */
package org.example;
