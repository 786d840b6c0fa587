/** Files with secrets in them: whose they may be, how they are written, and when their keys are due. Knows nothing of ours. */
package org.pinhole.connector.file;
