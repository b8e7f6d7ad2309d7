@echo off
rem Starts LakebaseOps with the JDK in JAVA25_HOME, JAVA_HOME or on the PATH; it must be 25 or newer.
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if defined JAVA25_HOME set "JAVA=%JAVA25_HOME%\bin\java"
rem A command ends before an optimising compiler pays off; a window is open all day, and what its heap
rem no longer needs goes back.
set "KIND=-XX:+UseG1GC -XX:G1PeriodicGCInterval=20000 -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:+UseCompactObjectHeaders -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000"
if not "%~1"=="" set "KIND=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
rem What the JVM itself has to say must not mix with what a script reads.
"%JAVA%" -Xmx1g %KIND% -Xlog:disable -Xlog:all=warning:stderr --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "%~dp0..\lib\*" io.lakebaseops.app.Main %*
