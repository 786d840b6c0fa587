/**
 * What is kept in this process's memory when nothing is plugged in. This module's class loader holds it, so it outlives the
 * deployment of any application; and it holds JDK types and this module's only, so it keeps no application's classes alive.
 */
package org.pinhole.api.memory;
