/** The file of SIP users: {@code user:realm:HA1}, one line per user and algorithm. */
package org.pinhole.admin.user;
