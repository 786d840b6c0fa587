if [ -f "$CATALINA_BASE/pinhole/pinhole-agent.jar" ]; then
    CATALINA_OPTS="$CATALINA_OPTS -javaagent:\"$CATALINA_BASE/pinhole/pinhole-agent.jar\""
else
    echo "pinhole: $CATALINA_BASE/pinhole/pinhole-agent.jar is gone, starting without it" >&2
fi
case " $JAVA_OPTS $CATALINA_OPTS $JDK_JAVA_OPTIONS" in
    *" -Djavax.servlet.sip.ar.spi.SipApplicationRouterProvider="*) ;;
    *) CATALINA_OPTS="$CATALINA_OPTS -Djavax.servlet.sip.ar.spi.SipApplicationRouterProvider=org.mobicents.servlet.sip.router.DefaultApplicationRouterProvider" ;;
esac
pinhole_java=${JRE_HOME:-${JAVA_HOME:-}}
pinhole_java=${pinhole_java:+$pinhole_java/bin/}java
case $("$pinhole_java" -version 2>&1) in
    *'version "1.'*) ;; # up to Java 8 an endorsed folder is nothing to hide
    *) [ -n "$JAVA_ENDORSED_DIRS" ] || JAVA_ENDORSED_DIRS='""' ;;
esac
unset pinhole_java
# Launchers up to Java 8 do not read this variable.
JDK_JAVA_OPTIONS="${JDK_JAVA_OPTIONS:+$JDK_JAVA_OPTIONS }--add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED --add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED"
export JDK_JAVA_OPTIONS
