/** Files that are written whole or not at all, and the one-line error of everything here. */
package org.pinhole.admin.file;
