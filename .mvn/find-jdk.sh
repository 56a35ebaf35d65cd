# shellcheck shell=sh
# Finds a JDK of at least version 25 and exports JAVA_HOME. Sourced by mvnw and homeostat; POSIX sh.
# Looks at JAVA_HOME, then at the java on PATH, then under /usr/lib/jvm; exits 2 when there is none.

homeostat_jdk_wanted=25

# Is this the home of a whole JDK (it has javac) that is new enough? Reads the JDK's release file,
# which is faster than starting a JVM.
homeostat_jdk_fits() {
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  homeostat_jdk_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$homeostat_jdk_major" ] && [ "$homeostat_jdk_major" -ge "$homeostat_jdk_wanted" ]
}

homeostat_find_jdk() {
  homeostat_jdk_fits "${JAVA_HOME:-}" && return 0
  homeostat_java=$(command -v java 2>/dev/null) && homeostat_java=$(readlink -f "$homeostat_java") &&
    homeostat_jdk_fits "${homeostat_java%/bin/java}" && JAVA_HOME=${homeostat_java%/bin/java} && return 0
  for homeostat_jdk in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    homeostat_jdk_fits "$homeostat_jdk" && JAVA_HOME=$homeostat_jdk && return 0
  done
  echo "Homeostat needs a JDK $homeostat_jdk_wanted or newer and found none in JAVA_HOME, on PATH or under /usr/lib/jvm: install one (https://adoptium.net, package temurin-25-jdk) or point JAVA_HOME at it." >&2
  return 1
}

homeostat_find_jdk || exit 2
export JAVA_HOME
