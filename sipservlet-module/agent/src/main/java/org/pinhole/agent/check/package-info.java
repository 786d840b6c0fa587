/** Are the members there that the patches need? Asked of class files, before anything is woven. */
package org.pinhole.agent.check;
